using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Pictures;

[Collection(HostileInputCollection.Name)]
public sealed class PictureHostileTests
{
    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    [InlineData(".gif")]
    [InlineData(".bmp")]
    public void Decode_MutatedFile_IsReadOrRefusedByName(string ending) => HostileInputs.Check(
        file =>
        {
            PictureDecoder.SizeOf(file, "hostile" + ending);
            PictureDecoder.Decode(file, "hostile" + ending);
        },
        "hostile" + ending,
        [typeof(PictureException)],
        [.. Directory.GetFiles(Goldens.Folder("pictures", "files"), "*" + ending).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(file => file.Length < 12_000)]);

    [Fact]
    public void Where_MutatedMask_IsReadOrRefusedByName() => HostileInputs.Check(
        file =>
        {
            var mask = LabelPicture.Decode(file, "mask.png");
            mask.Where(null);
            mask.Where(2);
        },
        "mask.png",
        [typeof(PictureException), typeof(RegionException)],
        PictureEncoder.EncodePng(new PictureSize(2, 3), [0, 1, 2, 2, 1, 1]),
        SmallPng.Write((2, 2), 8, SmallPng.Palette, [[0, 1], [2, 0]], ("PLTE", [0, 0, 0, 1, 2, 3, 4, 5, 6]), ("tRNS", [0, 255])));
}
