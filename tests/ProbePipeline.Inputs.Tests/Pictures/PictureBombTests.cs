using System.Buffers.Binary;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.PanopticParts;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Pictures;

/// <summary>Small files that claim to be huge pictures.</summary>
[Collection(HostileInputCollection.Name)]
public sealed class PictureBombTests
{
    public static TheoryData<string, byte[], string> Bombs => new()
    {
        { "60 000 x 60 000 as PNG", SmallPng.Write((60_000, 60_000), 8, SmallPng.Truecolour, [[1, 2, 3]]), "60000 x 60000 pixels; more than 178956970 are refused" },
        { "13 000 x 13 000 as PNG", SmallPng.Write((13_000, 13_000), 8, SmallPng.Truecolour, [[1, 2, 3]]), "13000 x 13000 pixels, expected at most 4194304 in a file of" },
        { "JPEG", WithSize("rgb-420.jpg", jpeg => jpeg.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5, 65_500, 65_500), "65500 x 65500 pixels; more than 178956970 are refused" },
        { "JPEG below the limit", WithSize("rgb-420.jpg", jpeg => jpeg.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5, 13_000, 13_000), "13000 x 13000 pixels, expected at most 4194304 in a file of" },
        { "GIF", GifOf(65_500, 65_500), "65500 x 65500 pixels; more than 178956970 are refused" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Decode_HugeClaim_SaysLimitAndFound(string what, byte[] file, string message) => HostileInputs.Check(
        [(what, file)],
        bytes =>
        {
            var error = Assert.Throws<PictureException>(() => PictureDecoder.Decode(bytes, "bomb"));
            Assert.Contains($"bomb: its header claims {message}", error.Message, StringComparison.Ordinal);
            Assert.Equal(error.Message, Assert.Throws<PictureException>(() => PictureDecoder.SizeOf(bytes, "bomb")).Message);
        },
        "",
        []);

    /// <summary>A mask of one bit a pixel packs to next to nothing and is still a picture.</summary>
    [Fact]
    public void Decode_LargeMaskOfOneBit_IsRead()
    {
        var png = SmallPng.Write((4000, 6000), 1, SmallPng.Gray, [.. Enumerable.Repeat(new byte[750], 4000)]);
        Assert.InRange(png.Length, 1, 6000);
        Assert.Equal(new PictureSize(4000, 6000), PictureDecoder.Decode(png, "mask").Size);
    }

    [Theory]
    [InlineData(256, 4_000_000u, "claims 24 x 4000000 pixels, expected at most 4194304 in a file of")]
    [InlineData(257, 4_000_000_000u, "claims 2147483647 x 30 pixels; more than 178956970 are refused")]
    [InlineData(279, 4_000_000_000u, "its strip 0 has 4000000000 bytes, the whole file")]
    [InlineData(273, null, "its tag 273 points to bytes")]
    public void Read_TiffThatClaims_SaysLimitAndFound(int tag, uint? value, string message)
    {
        var path = Path.GetTempFileName() + ".tif";
        var file = File.ReadAllBytes(Goldens.Folder("datasets", "panoptic-parts", "label-lzw.tif"));
        var directory = (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4));
        var entry = Enumerable.Range(0, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory))).Select(index => directory + 2 + (12 * index))
            .Single(place => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(place)) == tag);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(entry + 2), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(entry + 4), value is null ? 1_000_000_000u : 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(entry + 8), value ?? 8);
        File.WriteAllBytes(path, file);
        try
        {
            Assert.Contains(message, Assert.Throws<DatasetException>(() => LabelFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] WithSize(string name, Func<Span<byte>, int> place, int height, int width)
    {
        var file = File.ReadAllBytes(Goldens.Folder("pictures", "files", name));
        var at = place(file);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at + 2), (ushort)width);
        return file;
    }

    private static byte[] GifOf(int height, int width)
    {
        var file = File.ReadAllBytes(Goldens.Folder("pictures", "files", "picture.gif"));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)height);
        return file;
    }
}
