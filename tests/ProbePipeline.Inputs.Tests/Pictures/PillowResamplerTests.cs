using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Tests.Pictures;

public sealed class PillowResamplerTests
{
    [Fact]
    public void Resize_BilinearToTwiceTheWidth_WeighsNeighboursByDistance() =>
        Assert.Equal<byte>([0, 25, 75, 100], Reds(PillowResampler.Resize(GrayRow(0, 100), new PictureSize(1, 4), ResamplingFilter.Bilinear)));

    [Fact]
    public void Resize_BilinearToHalfTheWidth_WidensTheTriangleAndRoundsUp() =>
        Assert.Equal<byte>([128], Reds(PillowResampler.Resize(GrayRow(0, 255), new PictureSize(1, 1), ResamplingFilter.Bilinear)));

    [Fact]
    public void Resize_BicubicAcrossAnEdge_OvershootsAndIsClipped() =>
        Assert.Equal<byte>(
            [0, 0, 0, 0, 0, 52, 203, 255, 255, 255],
            Reds(PillowResampler.Resize(GrayRow(0, 0, 0, 255, 255), new PictureSize(1, 10), ResamplingFilter.Bicubic)));

    [Theory]
    [InlineData(ResamplingFilter.Bilinear)]
    [InlineData(ResamplingFilter.Bicubic)]
    [InlineData(ResamplingFilter.Lanczos)]
    public void Resize_PlainColour_StaysThatColour(ResamplingFilter filter)
    {
        var plain = new Picture(new PictureSize(5, 7), Enumerable.Repeat<byte[]>([10, 130, 250], 35).SelectMany(pixel => pixel).ToArray());

        var resized = PillowResampler.Resize(plain, new PictureSize(9, 3), filter);

        Assert.Equal(Enumerable.Repeat<byte[]>([10, 130, 250], 27).SelectMany(pixel => pixel), resized.Pixels.ToArray());
    }

    [Fact]
    public void Resize_ToItsOwnSize_KeepsEveryByte()
    {
        var picture = Noise(6, 8);

        Assert.Equal(picture.Pixels, PillowResampler.Resize(picture, picture.Size, ResamplingFilter.Lanczos).Pixels);
    }

    [Theory]
    [InlineData(40, 30, 30, 25, false)]
    [InlineData(40, 30, 29, 25, true)]
    [InlineData(40, 30, 39, 31, true)]
    [InlineData(40, 30, 42, 36, false)]
    public void Resize_BothAxes_TakesColumnsFirstWhereTheHeightShrinksMuchMore(int height, int width, int newHeight, int newWidth, bool columnsFirst)
    {
        var picture = Noise(height, width);
        var middle = columnsFirst ? new PictureSize(newHeight, width) : new PictureSize(height, newWidth);
        var other = columnsFirst ? new PictureSize(height, newWidth) : new PictureSize(newHeight, width);
        var size = new PictureSize(newHeight, newWidth);

        var resized = Resize(picture, size);

        Assert.Equal(Resize(Resize(picture, middle), size).Pixels, resized.Pixels);
        Assert.NotEqual(Resize(Resize(picture, other), size).Pixels.ToArray(), resized.Pixels.ToArray());
    }

    [Fact]
    public void Resize_UnknownFilter_NamesWhatIsSupported()
    {
        var refusal = Assert.Throws<ArgumentException>(() => PillowResampler.Resize(Noise(2, 2), new PictureSize(1, 1), (ResamplingFilter)5));

        Assert.Contains("Lanczos, Bilinear, Bicubic", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resize_ToNothing_IsRefused() => Assert.Throws<ArgumentException>(() => Resize(Noise(2, 2), new PictureSize(0, 1)));

    [Fact]
    public void Resize_ToGigapixels_IsRefused() => Assert.Throws<PictureException>(() => Resize(Noise(2, 2), new PictureSize(60000, 50000)));

    private static Picture Resize(Picture picture, PictureSize size) => PillowResampler.Resize(picture, size, ResamplingFilter.Bicubic);

    private static Picture GrayRow(params byte[] values) =>
        new(new PictureSize(1, values.Length), values.SelectMany(value => new[] { value, value, value }).ToArray());

    private static ReadOnlySpan<byte> Reds(Picture picture) => picture.Pixels.ToArray().Where((_, index) => index % 3 == 0).ToArray();

    private static Picture Noise(int height, int width)
    {
        var pixels = new byte[3 * height * width];
        new Random(3).NextBytes(pixels);
        return new Picture(new PictureSize(height, width), pixels);
    }
}
