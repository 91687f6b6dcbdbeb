using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Pictures;

[Trait("Category", "Golden")]
public sealed class PictureDecoderGoldenTests(ITestOutputHelper output)
{
    [Fact]
    public void Decode_EveryGoldenFile_EqualsPillowToTheByte()
    {
        var expected = SafetensorsArrays.Read(Goldens.Folder("pictures", "decoded.safetensors"));
        string[] files = [.. Directory.EnumerateFiles(Goldens.Folder("pictures", "files")).Order(StringComparer.Ordinal)];
        Assert.Equal(expected.Names, files.Select(file => Path.GetFileName(file)!));
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var picture = PictureDecoder.Decode(file);
            Assert.Equal<IEnumerable<long>>(expected.Shape(name), [picture.Height, picture.Width, 3]);
            Assert.True(picture.Pixels.SequenceEqual(expected.Raw(name)), name);
        }

        output.WriteLine($"{files.Length} pictures compared, every byte equal");
        Assert.NotEmpty(files);
    }
}
