using System.Text;
using ProbePipeline.Inputs.Pictures;
using SkiaSharp;

namespace ProbePipeline.Inputs.Tests.Pictures;

public sealed class PictureDecoderTests
{
    private static readonly byte[][] TwoRows = [[10, 20, 30, 40, 50, 60], [70, 80, 90, 100, 110, 120]];

    [Fact]
    public void Decode_Png_GivesRowsOfRedGreenBlue()
    {
        var picture = PictureDecoder.Decode(SmallPng.Write((2, 2), 8, SmallPng.Truecolour, TwoRows), "picture");

        Assert.Equal(new PictureSize(2, 2), picture.Size);
        Assert.Equal<byte>(TwoRows[1], picture.Row(1));
        Assert.Null(picture.TransparentColour);
    }

    [Fact]
    public void Decode_SixteenBitColour_KeepsTheHighBytes()
    {
        var picture = PictureDecoder.Decode(SmallPng.Write((1, 1), 16, SmallPng.Truecolour, [[10, 200, 20, 201, 30, 202]]), "picture");

        Assert.Equal<byte>([10, 20, 30], picture.Pixels);
    }

    [Fact]
    public void Decode_SixteenBitGray_IsRefused() =>
        AssertRefused("16-bit gray", SmallPng.Write((1, 1), 16, SmallPng.Gray, [[10, 200]]));

    [Fact]
    public void Decode_PaletteWithOneTransparentEntry_KeepsItsColourAndNamesIt()
    {
        var file = SmallPng.Write((1, 2), 8, SmallPng.Palette, [[1, 0]], ("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [255, 0]));

        var picture = PictureDecoder.Decode(file, "picture");

        Assert.Equal<byte>([4, 5, 6, 1, 2, 3], picture.Pixels);
        Assert.Equal(new Rgb(4, 5, 6), picture.TransparentColour);
    }

    [Fact]
    public void Decode_PaletteWithGradedTransparency_NamesNoColour()
    {
        var file = SmallPng.Write((1, 2), 8, SmallPng.Palette, [[1, 0]], ("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [128, 0]));

        Assert.Null(PictureDecoder.Decode(file, "picture").TransparentColour);
    }

    [Fact]
    public void Decode_ColourWithTransparentColour_KeepsAndNamesIt()
    {
        var picture = PictureDecoder.Decode(SmallPng.Write((1, 2), 8, SmallPng.Truecolour, [[1, 2, 3, 7, 8, 9]], ("tRNS", [0, 7, 0, 8, 0, 9])), "picture");

        Assert.Equal<byte>([1, 2, 3, 7, 8, 9], picture.Pixels);
        Assert.Equal(new Rgb(7, 8, 9), picture.TransparentColour);
    }

    [Fact]
    public void Decode_AnimatedGifWithTransparency_GivesTheFirstFrameInItsPalettesColours()
    {
        // Two frames of one pixel: index 1, then index 0; both name index 1 as transparent. LZW codes of 3 bits: clear, index, end.
        byte[] control = [0x21, 0xF9, 4, 1, 0, 0, 1, 0];
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2];
        byte[] file =
        [
            .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 11, 12, 13, 21, 22, 23,
            .. control, .. frame, 0b01_001_100, 0b1, 0,
            .. control, .. frame, 0b01_000_100, 0b1, 0, 0x3B,
        ];

        var picture = PictureDecoder.Decode(file, "picture");

        Assert.Equal<byte>([21, 22, 23], picture.Pixels);
        Assert.Equal(new Rgb(21, 22, 23), picture.TransparentColour);
    }

    [Fact]
    public void Decode_MissingFile_NamesIt() =>
        AssertMessage(["nowhere.png", "Check the path"], () => PictureDecoder.Decode("nowhere.png"));

    [Fact]
    public void Decode_EmptyFile_SaysSo() => AssertRefused("empty", []);

    [Fact]
    public void Decode_Text_SaysWhatIsExpected() =>
        AssertRefused("expected JPEG, PNG, WebP, GIF or BMP", Encoding.UTF8.GetBytes("This is no picture, whatever its name ends in."));

    [Fact]
    public void Decode_TruncatedPng_IsRefused()
    {
        var file = Noise(SKEncodedImageFormat.Png);

        AssertRefused("ends before its last pixel", file[..(file.Length / 2)]);
    }

    [Fact]
    public void Decode_TruncatedJpeg_IsRefused()
    {
        var file = Noise(SKEncodedImageFormat.Jpeg);

        AssertRefused("ends before its last pixel", file[..(file.Length / 2)]);
    }

    [Fact]
    public void Decode_PngWithAWrongChecksum_IsRefused()
    {
        var file = SmallPng.Write((2, 2), 8, SmallPng.Truecolour, TwoRows);
        file[^17] ^= 0xFF;

        AssertRefused("is damaged", file);
    }

    [Fact]
    public void Decode_HeaderOfGigapixels_IsRefusedBeforeRoomIsMade() =>
        AssertRefused("60000 x 50000", SmallPng.Write((60000, 50000), 8, SmallPng.Truecolour, TwoRows));

    private static byte[] Noise(SKEncodedImageFormat format)
    {
        var random = new Random(5);
        using var bitmap = new SKBitmap(64, 64);
        for (var pixel = 0; pixel < 64 * 64; pixel++)
        {
            bitmap.SetPixel(pixel % 64, pixel / 64, new SKColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
        }

        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    private static void AssertRefused(string reason, byte[] file) => AssertMessage(["shown.png", reason], () => PictureDecoder.Decode(file, "shown.png"));

    private static void AssertMessage(string[] parts, Func<Picture> decode)
    {
        var message = Assert.Throws<PictureException>(decode).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
