using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Regions;

public sealed class RunLengthMaskTests
{
    private static readonly PictureSize Size = new(2, 3);

    [Fact]
    public void FromRuns_Runs_GoColumnByColumnFromOutside()
    {
        // One pixel outside, two inside: below in the first column, above in the second.
        var mask = RunLengthMask.FromRuns(Size, [1, 2, 3]);
        Assert.Equal([false, true, false, true, false, false], Pixels(mask));
    }

    [Fact]
    public void FromRuns_RunOfNothing_BeginsInside() => Assert.True(RunLengthMask.FromRuns(Size, [0, 1, 5])[0, 0]);

    [Fact]
    public void FromRuns_OneRunOfThePicture_IsNoneOrAllOfIt()
    {
        Assert.Equal(0, RunLengthMask.FromRuns(Size, [6]).Area);
        Assert.Equal(6, RunLengthMask.FromRuns(Size, [0, 6]).Area);
    }

    [Theory]
    [InlineData(1L, 2L)]
    [InlineData(1L, 2L, 4L)]
    [InlineData(-1L, 2L, 5L)]
    [InlineData(long.MaxValue, long.MaxValue, 8L)]
    public void FromRuns_NotThePicturesPixels_IsRefused(params long[] runs)
    {
        var error = Assert.Throws<RegionException>(() => RunLengthMask.FromRuns(Size, runs));
        Assert.Contains("2 x 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1!", "found '!' at letter 2 of 2")]
    [InlineData("P", "it ends at letter 2 of 1")]
    [InlineData("oooooooo0", "found 'o' at letter 8 of 9")]
    [InlineData("é", "found 'é'")]
    public void FromText_NoEncoding_NamesTheLetter(string counts, string expected)
    {
        var error = Assert.Throws<RegionException>(() => RunLengthMask.FromText(Size, counts));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-2, -3)]
    [InlineData(1 << 20, 1 << 20)]
    public void FromRuns_NoPicturesSize_IsRefused(int height, int width) => Assert.Throws<RegionException>(() => RunLengthMask.FromRuns(new(height, width), [6]));

    private static IEnumerable<bool> Pixels(RegionMask mask) =>
        from row in Enumerable.Range(0, mask.Size.Height) from column in Enumerable.Range(0, mask.Size.Width) select mask[row, column];
}
