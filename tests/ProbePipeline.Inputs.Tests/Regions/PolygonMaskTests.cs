using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Regions;

public sealed class PolygonMaskTests
{
    private static readonly PictureSize Size = new(10, 20);

    [Fact]
    public void Of_RectangleOnPixelBorders_IsItsPixels() =>
        Assert.Equal((25, new PictureRectangle(3, 2, 8, 7)), Found(PolygonMask.Of(Size, [[2, 3, 7, 3, 7, 8, 2, 8]])));

    [Fact]
    public void Of_SeveralPolygons_IsTheirUnion() => Assert.Equal(
        25 + 4, PolygonMask.Of(Size, [[2, 3, 7, 3, 7, 8, 2, 8], [2, 3, 7, 3, 7, 8, 2, 8], [10, 0, 12, 0, 12, 2, 10, 2]]).Area);

    [Fact]
    public void Of_CornerTwice_ChangesNothing() => Assert.Equal(
        PolygonMask.Of(Size, [[2, 3, 7, 3, 7, 8, 2, 8]]).Bits, PolygonMask.Of(Size, [[2, 3, 2, 3, 7, 3, 7, 8, 7, 8, 2, 8]]).Bits);

    [Fact]
    public void Of_PartlyBesideThePicture_KeepsWhatIsOnIt() => Assert.Equal(new PictureRectangle(0, 15, 10, 20), PolygonMask.Of(Size, [[15, -5, 30, -5, 30, 15, 15, 15]]).Bounds);

    [Fact]
    public void Of_NoPolygon_IsEmpty() => Assert.Equal(0, PolygonMask.Of(Size, []).Area);

    [Fact]
    public void Of_CornersItsOwnSizeBesideThePicture_IsAllOfIt() => Assert.Equal(200, PolygonMask.Of(Size, [[-20, -10, 40, -10, 40, 20, -20, 20]]).Area);

    [Fact]
    public void Of_LastEdgeThroughTheMiddleOfAColumn_IsClosed() =>
        // The outline comes back to its first corner from x = 0.4, on the other side of the first column's middle: columns 0 to 4, rows 2 to 7.
        Assert.Equal((30, new PictureRectangle(2, 0, 8, 5)), Found(PolygonMask.Of(Size, [[0.6, 2, 5, 2, 5, 8, 0.4, 8, 0.4, 2]])));

    [Fact]
    public void Of_LargePicture_IsNotRefusedForItsPixels() => Assert.Equal(1200 * 1200, PolygonMask.Of(new(1200, 1200), [[0, 0, 1200, 0, 1200, 1200, 0, 1200]]).Area);

    [Fact]
    public void Of_OutlinesLongerThanAllMayBe_AreRefusedBeforeTheyAreDrawn()
    {
        // Five points a pixel along the longer direction of an edge, and its corner: 20 001 + 10 001 + 20 001 once, and 1 342 times, 2^26 in sum being allowed.
        double[] triangle = [0, 1000, 4000, 1000, 4000, 3000];
        double[] often = [.. Enumerable.Repeat(triangle, 1342).SelectMany(corners => corners)];

        var error = Assert.Throws<RegionException>(() => PolygonMask.Of(new(4000, 4000), [triangle, often]));

        Assert.Equal(
            "Polygons of a region are drawn by at most 67108864 points of their outlines; found 67154029 before their end. List every outline once, or write the region as a mask.",
            error.Message);
    }

    [Theory]
    [InlineData("three corners or more", 1.0, 2.0, 3.0, 4.0)]
    [InlineData("three corners or more", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)]
    [InlineData("x = NaN", double.NaN, 2.0, 3.0, 4.0, 5.0, 6.0)]
    [InlineData("y = 21", 1.0, 2.0, 3.0, 21.0, 5.0, 6.0)]
    [InlineData("x = 41", 1.0, 2.0, 41.0, 4.0, 5.0, 6.0)]
    [InlineData("x = -21", -21.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    public void Of_NoPolygonOfThePicture_IsRefused(string expected, params double[] polygon)
    {
        var error = Assert.Throws<RegionException>(() => PolygonMask.Of(Size, [polygon]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static (int Area, PictureRectangle Bounds) Found(RegionMask mask) => (mask.Area, mask.Bounds);
}
