using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Regions;

public sealed class PolygonMaskTests
{
    private static readonly PictureSize Size = new(10, 20);

    [Fact]
    public void Of_RectangleOnPixelBorders_IsItsPixels()
    {
        var mask = PolygonMask.Of(Size, [[2, 3, 7, 3, 7, 8, 2, 8]]);
        Assert.Equal((25, new PictureRectangle(3, 2, 8, 7)), (mask.Area, mask.Bounds));
    }

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

    [Theory]
    [InlineData("three corners or more", 1.0, 2.0, 3.0, 4.0)]
    [InlineData("three corners or more", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)]
    [InlineData("x = NaN", double.NaN, 2.0, 3.0, 4.0, 5.0, 6.0)]
    [InlineData("y = 21", 1.0, 2.0, 3.0, 21.0, 5.0, 6.0)]
    [InlineData("x = -21", -21.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    public void Of_NoPolygonOfThePicture_IsRefused(string expected, params double[] polygon)
    {
        var error = Assert.Throws<RegionException>(() => PolygonMask.Of(Size, [polygon]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
