using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Regions;

public sealed class MaskCoverageTests
{
    private const int Cells = 8;

    [Fact]
    public void ShareOf_EdgesOnEighthsOfAPixel_EqualsTheCountOfCells()
    {
        var random = new Random(17);
        for (var round = 0; round < 2000; round++)
        {
            var size = new PictureSize(random.Next(1, 9), random.Next(1, 9));
            var mask = RegionMask.FromPixels(size, [.. Enumerable.Range(0, size.Height * size.Width).Select(_ => random.Next(2) == 0)]);
            var (top, height) = (random.Next(-2 * Cells, Cells * size.Height), random.Next(1, 5 * Cells));
            var (left, width) = (random.Next(-2 * Cells, Cells * size.Width), random.Next(1, 5 * Cells));

            var share = new MaskCoverage(mask).ShareOf(Rectangle(top, left, height, width));

            var count = (from row in Enumerable.Range(top, height)
                         from column in Enumerable.Range(left, width)
                         where row >= 0 && column >= 0 && row < Cells * size.Height && column < Cells * size.Width && mask[row / Cells, column / Cells]
                         select 1).Count();
            Assert.Equal((double)count / (height * width), share, 1e-14);
        }
    }

    [Fact]
    public void ShareOf_RectangleInsideOnePixel_IsAllOrNothing()
    {
        var coverage = new MaskCoverage(RegionMask.FromPixels(new PictureSize(1, 2), [true, false]));

        Assert.Equal(1, coverage.ShareOf(new PictureRectangle(0.25, 0.5, 0.5, 0.75)), 1e-15);
        Assert.Equal(0, coverage.ShareOf(new PictureRectangle(0.25, 1.5, 0.5, 1.75)));
    }

    [Fact]
    public void ShareOf_RectangleHalfOverPadding_CountsThePaddingAsUncovered()
    {
        var coverage = new MaskCoverage(RegionMask.Create(new PictureSize(2, 2), (_, _) => true));

        Assert.Equal(0.5, coverage.ShareOf(new PictureRectangle(-2, 0, 2, 2)));
        Assert.Equal(0.25, coverage.ShareOf(new PictureRectangle(1, 1, 3, 3)));
        Assert.Equal(0, coverage.ShareOf(new PictureRectangle(2, 0, 4, 2)));
    }

    [Fact]
    public void ShareOf_RectangleWithoutArea_IsNone() =>
        Assert.Equal(0, new MaskCoverage(RegionMask.Create(new PictureSize(2, 2), (_, _) => true)).ShareOf(new PictureRectangle(0.5, 0, 0.5, 2)));

    private static PictureRectangle Rectangle(int top, int left, int height, int width) =>
        new((double)top / Cells, (double)left / Cells, (double)(top + height) / Cells, (double)(left + width) / Cells);
}
