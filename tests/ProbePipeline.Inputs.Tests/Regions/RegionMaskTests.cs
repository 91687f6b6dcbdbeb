using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Regions;

public sealed class RegionMaskTests
{
    [Fact]
    public void FromPixels_EverySize_HoldsThePixelsItWasGiven()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var size = new PictureSize(random.Next(1, 12), random.Next(1, 40));
            var pixels = Enumerable.Range(0, size.Height * size.Width).Select(_ => random.Next(3) == 0).ToArray();

            var mask = RegionMask.FromPixels(size, pixels);

            Assert.Equal(pixels, from row in Enumerable.Range(0, size.Height) from column in Enumerable.Range(0, size.Width) select mask[row, column]);
            Assert.Equal(pixels.Count(pixel => pixel), mask.Area);
            Assert.True(mask.Bits.SequenceEqual(RegionMask.FromBits(size, mask.Bits).Bits));
        }
    }

    [Fact]
    public void Bits_PixelsOfTwoRows_AreRowMajorWithTheFirstInTheHighestBit()
    {
        var mask = RegionMask.FromPixels(new PictureSize(2, 5), [true, false, false, false, true, false, true, false, false, true]);

        Assert.Equal<byte>([0b1000_1010, 0b0100_0000], mask.Bits);
    }

    [Fact]
    public void FromBits_BitsPastTheLastPixel_AreIgnored()
    {
        var mask = RegionMask.FromBits(new PictureSize(3, 3), [0b1000_0000, 0xFF]);

        Assert.Equal(2, mask.Area);
        Assert.Equal<byte>([0b1000_0000, 0b1000_0000], mask.Bits);
        Assert.True(mask[0, 0] && mask[2, 2]);
    }

    [Fact]
    public void FromBits_ArrayChangedAfterwards_LeavesTheMaskAsItWas()
    {
        byte[] bits = [0b1000_0000];
        var mask = RegionMask.FromBits(new PictureSize(1, 8), bits);

        bits[0] = 0xFF;

        Assert.Equal((1, false), (mask.Area, mask[0, 1]));
    }

    [Fact]
    public void Create_Predicate_IsAskedByRowAndColumn()
    {
        var mask = RegionMask.Create(new PictureSize(4, 6), (row, column) => row is 1 or 2 && column > 3);

        Assert.Equal(4, mask.Area);
        Assert.Equal(new PictureRectangle(1, 4, 3, 6), mask.Bounds);
    }

    [Fact]
    public void Bounds_EmptyMask_HaveNoArea()
    {
        var mask = RegionMask.Create(new PictureSize(4, 6), (_, _) => false);

        Assert.Equal((0, 0.0), (mask.Area, mask.Bounds.Area));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 3)]
    public void Indexer_PixelOutsideOfThePicture_IsRefused(int row, int column)
    {
        var mask = RegionMask.Create(new PictureSize(2, 3), (_, _) => true);

        Assert.Throws<ArgumentOutOfRangeException>(() => mask[row, column]);
    }

    [Fact]
    public void FromBits_WrongNumberOfBytes_NamesBothNumbers() =>
        AssertRefused("3 x 3 pixels needs 2 bytes of packed bits, found 9", () => RegionMask.FromBits(new PictureSize(3, 3), new byte[9]));

    [Fact]
    public void FromPixels_WrongNumberOfValues_NamesBothNumbers() =>
        AssertRefused("3 x 3 pixels needs 9 values, found 8", () => RegionMask.FromPixels(new PictureSize(3, 3), new bool[8]));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    [InlineData(100_000, 100_000)]
    public void Create_SizeOfNoPicture_IsRefused(int height, int width) =>
        AssertRefused($"Found {height} x {width}", () => RegionMask.Create(new PictureSize(height, width), (_, _) => true));

    private static void AssertRefused(string reason, Func<RegionMask> create) =>
        Assert.Contains(reason, Assert.Throws<RegionException>(create).Message, StringComparison.Ordinal);
}
