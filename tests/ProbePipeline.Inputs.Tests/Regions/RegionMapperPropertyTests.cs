using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Regions;

/// <summary>Random masks on random pictures, against footprints that are worked out in integers from what each processor does.</summary>
public sealed class RegionMapperPropertyTests(ITestOutputHelper output)
{
    private const int Tile = 18;
    private const int Patch = 3;
    private const int ThresholdParts = 8;

    private static readonly LlavaNextProcessor LlavaNext = new()
    {
        TileSize = Tile,
        Resolutions = [new(18, 36), new(36, 18), new(36, 36), new(54, 18), new(18, 54)],
    };

    private static readonly Phi3VisionProcessor Phi3Vision = new() { TileSize = Tile, MaximumTiles = 4 };

    [Fact]
    public void Map_ResizedAndCropped_EqualsTheCount()
    {
        var processor = new SingleTileProcessor { Resize = ResizeTarget.ShortestEdge(Tile), Crop = new PictureSize(Tile, Tile) };
        Check(processor, picture =>
        {
            var resized = ResizeTarget.ShortestEdge(Tile).Apply(picture);
            return
            [(
                CellAxis.Resized(picture.Height, resized.Height, 0, (resized.Height - Tile) / 2),
                CellAxis.Resized(picture.Width, resized.Width, 0, (resized.Width - Tile) / 2))];
        });
    }

    [Fact]
    public void Map_PaddedToSquare_EqualsTheCount()
    {
        var processor = new SingleTileProcessor { PadToSquare = true, Resize = ResizeTarget.ShortestEdge(Tile) };
        Check(processor, picture =>
        {
            var side = Math.Max(picture.Height, picture.Width);
            return [(CellAxis.Resized(side, Tile, (side - picture.Height) / 2), CellAxis.Resized(side, Tile, (side - picture.Width) / 2))];
        });
    }

    [Fact]
    public void Map_LlavaNext_EqualsTheCount() => Check(LlavaNext, picture =>
    {
        var whole = AnyResolution.SelectBest(picture, LlavaNext.Resolutions);
        var fitted = AnyResolution.Fit(picture, whole);
        return [(CellAxis.Resized(picture.Height, Tile), CellAxis.Resized(picture.Width, Tile)), .. PaddedTiles(picture, fitted, whole)];
    });

    [Fact]
    public void Map_Phi3Vision_EqualsTheCount() => Check(Phi3Vision, picture =>
    {
        var whole = Phi3Vision.Process(new Picture(picture, new byte[3 * picture.Height * picture.Width])).ReportedSize;
        var fitted = picture.Width < picture.Height
            ? new PictureSize(whole.Height, (int)(whole.Height / ((double)picture.Height / picture.Width)))
            : new PictureSize((int)(whole.Width / ((double)picture.Width / picture.Height)), whole.Width);
        var (top, left) = ((whole.Height - fitted.Height) / 2, (whole.Width - fitted.Width) / 2);

        // Edge t of the overview lies at pixel t * whole / tile - padding of the fitted picture.
        var overview = (
            new CellAxis(whole.Height * picture.Height, -top * Tile * picture.Height, Tile * fitted.Height),
            new CellAxis(whole.Width * picture.Width, -left * Tile * picture.Width, Tile * fitted.Width));
        return [overview, .. PaddedTiles(picture, fitted, whole)];
    });

    [Fact]
    public void Map_Idefics3_EqualsTheCount() => Check(
        new Idefics3Processor { LongestEdge = 2 * Tile, TileSize = Tile },
        picture =>
        {
            var scaled = picture.Width < picture.Height
                ? new PictureSize(2 * Tile, Even(2 * Tile * picture.Width / picture.Height))
                : new PictureSize(Even(2 * Tile * picture.Height / picture.Width), 2 * Tile);
            var (rows, columns) = ((scaled.Height + Tile - 1) / Tile, (scaled.Width + Tile - 1) / Tile);
            var tiles = from row in Enumerable.Range(0, rows)
                        from column in Enumerable.Range(0, columns)
                        select (CellAxis.Resized(picture.Height, rows * Tile, 0, row * Tile), CellAxis.Resized(picture.Width, columns * Tile, 0, column * Tile));
            return [(CellAxis.Resized(picture.Height, Tile), CellAxis.Resized(picture.Width, Tile)), .. tiles];
        },
        mergedSide: 2);

    /// <summary>The tiles of a whole, in whose middle the fitted picture lies.</summary>
    private static IEnumerable<(CellAxis Vertical, CellAxis Horizontal)> PaddedTiles(PictureSize picture, PictureSize fitted, PictureSize whole) =>
        from row in Enumerable.Range(0, whole.Height / Tile)
        from column in Enumerable.Range(0, whole.Width / Tile)
        select (
            CellAxis.Resized(picture.Height, fitted.Height, 0, (row * Tile) - ((whole.Height - fitted.Height) / 2)),
            CellAxis.Resized(picture.Width, fitted.Width, 0, (column * Tile) - ((whole.Width - fitted.Width) / 2)));

    private static int Even(int length) => length + (length % 2);

    private void Check(PictureProcessor processor, Func<PictureSize, (CellAxis Vertical, CellAxis Horizontal)[]> axesOf, int mergedSide = 1)
    {
        var visionTokens = new VisionTokens(Patch, MergedSide: mergedSide);
        var random = new Random(29);
        var (found, best, refused, worst) = (0, 0, 0, 0.0);
        for (var round = 0; round < 150; round++)
        {
            var picture = new PictureSize(random.Next(8, 60), random.Next(8, 60));
            var mask = RandomMask(random, picture);
            var mapper = new RegionMapper { Threshold = random.Next(1, 5) / (double)ThresholdParts, Tiles = (TileChoice)random.Next(3) };
            var (axes, layout, geometry) = (axesOf(picture), processor.Layout(picture, visionTokens), processor.Geometry(picture));
            Assert.Equal(axes.Length, geometry.Tiles.Length);
            ImageToken[] patches = [.. Enumerable.Range(0, axes.Length).SelectMany(tile => PatchGrid.Tokens(tile, Tile / Patch, Tile / Patch))];
            var coverage = new MaskCoverage(mask);
            worst = patches.Select(patch => Math.Abs(CountedCells.Of(mask, patch, axes, Patch).Share - coverage.ShareOf(geometry.ToPicture(patch, Patch))))
                .Append(worst).Max();

            var (expectedPatches, _) = Expected(patches, mask, axes, Patch, mapper);
            var (expectedTokens, bestToken) = Expected(layout.Tokens, mask, axes, processor.TokenSide(visionTokens), mapper);
            if (expectedPatches.Length == 0 || expectedTokens.Length == 0)
            {
                Assert.Throws<RegionException>(() => mapper.Map(mask, picture, processor, visionTokens));
                refused++;
                continue;
            }

            var region = mapper.Map(mask, picture, processor, visionTokens);

            var perTile = Tile / Patch * (Tile / Patch);
            Assert.Equal(expectedTokens, region.Tokens);
            Assert.Equal(expectedPatches, region.TilePatches.SelectMany((tile, index) => tile.Select(patch => (index * perTile) + patch)));
            Assert.Equal((axes.Length, bestToken), (region.TilePatches.Length, region.BestCoveredOnly));
            found++;
            best += bestToken ? 1 : 0;
        }

        output.WriteLine($"{found} regions equal, {best} of them by their best-covered token, {refused} refused; shares differ by at most {worst:g2}");
        Assert.InRange(worst, 0, 1e-12);
        Assert.True(best > 20 && found - best > 50, "The masks must meet both rules.");
    }

    private static (int[] Chosen, bool BestOnly) Expected(
        IReadOnlyList<ImageToken> tokens, RegionMask mask, (CellAxis Vertical, CellAxis Horizontal)[] axes, int side, RegionMapper mapper)
    {
        var counted = tokens.Index()
            .Where(token => token.Item.Kind == ImageTokenKind.Patch)
            .Where(token => axes.Length == 1 || mapper.Tiles == TileChoice.Both || (token.Item.Tile == 0) == (mapper.Tiles == TileChoice.Overview))
            .Select(token => (token.Index, Cells: CountedCells.Of(mask, token.Item, axes, side)))
            .Where(token => token.Cells.Covered > 0)
            .ToArray();
        int[] covered = [.. counted.Where(token => token.Cells.Reaches((int)(ThresholdParts * mapper.Threshold), ThresholdParts)).Select(token => token.Index)];
        return covered.Length > 0 || counted.Length == 0 ? (covered, false) : ([counted.MaxBy(token => token.Cells).Index], true);
    }

    /// <summary>A rectangle, a few pixels, or a sieve: large and small, in the middle and at the edge.</summary>
    private static RegionMask RandomMask(Random random, PictureSize size)
    {
        var (top, left) = (random.Next(size.Height), random.Next(size.Width));
        var (bottom, right) = (random.Next(top, size.Height) + 1, random.Next(left, size.Width) + 1);
        var kept = random.Next(1, 4);
        return RegionMask.Create(size, (row, column) =>
            (row, column) == (top, left) || (row >= top && row < bottom && column >= left && column < right && random.Next(3) < kept));
    }
}
