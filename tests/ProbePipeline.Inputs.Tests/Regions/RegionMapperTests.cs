using System.Collections.Immutable;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Regions;

public sealed class RegionMapperTests
{
    private static readonly SingleTileProcessor Whole = new();
    private static readonly SingleTileProcessor Cropped = new() { Crop = new PictureSize(4, 4) };
    private static readonly LlavaNextProcessor Tiled = new() { TileSize = 8, Resolutions = [new(8, 16)] };
    private static readonly Phi3VisionProcessor Merged = new() { TileSize = 8, MaximumTiles = 1 };

    [Theory]
    [InlineData(0.25, new[] { 0, 1, 2, 3 })]
    [InlineData(0.26, new[] { 0, 1 })]
    [InlineData(0.5, new[] { 0, 1 })]
    public void Map_PatchesAtTheThreshold_StandForTheRegion(double threshold, int[] expected)
    {
        // Half of either patch above, a quarter of either below.
        var mask = RegionMask.Create(new PictureSize(8, 8), (row, column) => row < 6 && column is >= 2 and < 6);

        var region = new RegionMapper { Threshold = threshold }.Map(mask, mask.Size, Whole, new VisionTokens(4));

        Assert.Equal(expected, region.Tokens);
        Assert.Equal(expected, Assert.Single(region.TilePatches));
        Assert.False(region.BestCoveredOnly);
    }

    [Fact]
    public void Map_FootprintsOfRoundedEdges_AreWhollyCoveredByTheWholePicture()
    {
        var processor = new SingleTileProcessor { Resize = ResizeTarget.Exactly(new PictureSize(12, 12)) };
        for (var side = 1; side < 60; side++)
        {
            var region = new RegionMapper { Threshold = 1 }.Map(Full(side, side), new PictureSize(side, side), processor, new VisionTokens(3));

            Assert.Equal(Enumerable.Range(0, 16), region.Tokens);
        }
    }

    [Fact]
    public void Map_NoPatchAtTheThreshold_TakesTheFirstOfTheBestCovered()
    {
        // One pixel each of patches 1 and 2.
        var mask = RegionMask.Create(new PictureSize(8, 8), (row, column) => (row, column) is (0, 7) or (7, 0));

        var region = new RegionMapper().Map(mask, mask.Size, Whole, new VisionTokens(4));

        Assert.Equal([1], region.Tokens);
        Assert.Equal([1], Assert.Single(region.TilePatches));
        Assert.True(region.BestCoveredOnly);
    }

    [Fact]
    public void Map_ClassTokenAmongTheImageTokens_ShiftsTokensAndNotPatches()
    {
        var mask = RegionMask.Create(new PictureSize(8, 8), (row, column) => row < 4 && column >= 4);

        var region = new RegionMapper().Map(mask, mask.Size, Whole, new VisionTokens(4, IncludesClassToken: true));

        Assert.Equal([2], region.Tokens);
        Assert.Equal([1], Assert.Single(region.TilePatches));
    }

    [Fact]
    public void Map_PatchHalfOverPadding_HasHalfOfItsShare()
    {
        // 4 x 8 padded to 8 x 8, two rows on either side.
        var processor = new SingleTileProcessor { PadToSquare = true };
        var mask = RegionMask.Create(new PictureSize(4, 8), (row, column) => column < 4);

        Assert.Equal([0, 2], new RegionMapper { Threshold = 0.5 }.Map(mask, mask.Size, processor, new VisionTokens(4)).Tokens);
        var above = new RegionMapper { Threshold = 0.51 }.Map(mask, mask.Size, processor, new VisionTokens(4));
        Assert.Equal([0], above.Tokens);
        Assert.True(above.BestCoveredOnly);
    }

    [Theory]
    [InlineData(TileChoice.Both, new[] { 0, 2 }, new[] { 0, 1, 2, 3 }, new[] { 0, 2, 4, 5, 9, 10 })]
    [InlineData(TileChoice.Overview, new[] { 0, 2 }, new int[0], new[] { 0, 2 })]
    [InlineData(TileChoice.Tiles, new int[0], new[] { 0, 1, 2, 3 }, new[] { 4, 5, 9, 10 })]
    public void Map_TiledPicture_LooksWhereItIsToldTo(TileChoice choice, int[] overview, int[] leftTile, int[] tokens)
    {
        // Two tiles of 2 x 2 patches side by side and an overview of both. The tokens: 4 of the overview, then two rows of 4 with a row end each.
        var mask = RegionMask.Create(new PictureSize(8, 16), (_, column) => column < 8);

        var region = new RegionMapper { Tiles = choice }.Map(mask, mask.Size, Tiled, new VisionTokens(4));

        Assert.Equal([overview, leftTile, []], region.TilePatches.Select(tile => tile.ToArray()));
        Assert.Equal(tokens, region.Tokens);
    }

    [Fact]
    public void Map_PartTooSmallForTheOverview_IsFoundInTheTilesAlone()
    {
        // 7 of the 16 pixels under a tile's patch, but of 32 under the overview's.
        var mask = RegionMask.Create(new PictureSize(8, 16), (row, column) => row < 4 && column < 2 && (row, column) != (0, 0));

        var both = new RegionMapper().Map(mask, mask.Size, Tiled, new VisionTokens(4));
        var overview = new RegionMapper { Tiles = TileChoice.Overview }.Map(mask, mask.Size, Tiled, new VisionTokens(4));

        Assert.Equal([[], [0], []], both.TilePatches.Select(tile => tile.ToArray()));
        Assert.Equal((4, false), (Assert.Single(both.Tokens), both.BestCoveredOnly));
        Assert.Equal([[0], [], []], overview.TilePatches.Select(tile => tile.ToArray()));
        Assert.Equal((0, true), (Assert.Single(overview.Tokens), overview.BestCoveredOnly));
    }

    [Theory]
    [InlineData(TileChoice.Both)]
    [InlineData(TileChoice.Overview)]
    [InlineData(TileChoice.Tiles)]
    public void Map_SingleTile_IsLookedUpWhateverTheChoice(TileChoice choice)
    {
        var mask = RegionMask.Create(new PictureSize(8, 8), (row, column) => row < 4 && column < 4);

        Assert.Equal([0], new RegionMapper { Tiles = choice }.Map(mask, mask.Size, Whole, new VisionTokens(4)).Tokens);
    }

    [Fact]
    public void Map_MergedTokens_GoByTheirOwnFootprint()
    {
        // Tiles of 4 x 4 patches and 2 x 2 tokens: 3 of 4 pixels under a patch are 3 of 16 under its token.
        var mask = RegionMask.Create(new PictureSize(8, 8), (row, column) => (row, column) is (6, 6) or (6, 7) or (7, 6));

        var region = new RegionMapper { Tiles = TileChoice.Tiles }.Map(mask, mask.Size, Merged, new VisionTokens(2));

        Assert.Equal([[], [15]], region.TilePatches.Select(tile => tile.ToArray()));
        Assert.True(region.BestCoveredOnly);

        // Two rows of two tokens and a row end; the last token is the fifth.
        Assert.Equal([4], region.Tokens);
    }

    [Fact]
    public void Map_BlendsOfSeveralTiles_GoByTheirShareOfThePicture()
    {
        // An overview of 4 x 4 patches, then the 8 x 8 patches of four tiles as 4 x 4 blends of 20 x 20 pixels; a tile's grid may lie far from the region.
        var processor = new LlavaNextProcessor { TileSize = 56, Resolutions = [new(112, 112)], MostTiles = 1 };
        var mask = RegionMask.Create(new PictureSize(80, 80), (row, column) => row >= 60 && column >= 60);

        var region = new RegionMapper().Map(mask, mask.Size, processor, new VisionTokens(14));

        // The last of each: row ends come after every four blends.
        Assert.Equal([15, 16 + (3 * 5) + 3], region.Tokens);
        Assert.Equal([[15], [], [], [], [10, 11, 14, 15]], region.TilePatches.Select(tile => tile.ToArray()));
    }

    [Fact]
    public void Map_PartUnderPatchesAlone_SaysSo()
    {
        // Tokens of two patches a side, which the last row and column of 3 x 3 patches do not fill.
        var mask = RegionMask.Create(new PictureSize(12, 12), (row, column) => row >= 8 && column >= 8);
        var layout = new ImageTokenLayout([ImageToken.Patch(0, 0, 0)], tileCount: 1, gridRows: 1, gridColumns: 1);

        var error = Assert.Throws<RegionException>(() => new RegionMapper().Map(mask, Whole.Geometry(mask.Size), layout, patchSize: 4, tokenSide: 8));

        Assert.Contains("lies under no image token: the processor cut that part off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_MaskOfAnotherSize_NamesBothSizes() =>
        AssertRefused(["8 x 8", "4 x 4", "before any resizing"], Full(4, 4), new PictureSize(8, 8), Whole);

    [Fact]
    public void Map_EmptyMask_SaysSo() =>
        AssertRefused(["8 x 8 pixels covers none"], RegionMask.Create(new PictureSize(8, 8), (_, _) => false), new PictureSize(8, 8), Whole);

    [Fact]
    public void Map_MaskThatIsCroppedAway_SaysWhereItLay() => AssertRefused(
        ["2 pixels", "rows 0 to 2 and columns 7 to 8", "lies under no patch", "Leave the region out, or use a processor that keeps the whole picture."],
        RegionMask.Create(new PictureSize(8, 8), (row, column) => row < 2 && column == 7),
        new PictureSize(8, 8),
        Cropped);

    [Fact]
    public void Map_MaskPastTheLastWholePatch_IsRefused() => AssertRefused(
        ["lies under no patch"], RegionMask.Create(new PictureSize(9, 9), (row, _) => row == 8), new PictureSize(9, 9), Whole);

    [Fact]
    public void Map_LayoutOfAnotherPicture_IsRefused()
    {
        var mask = Full(8, 8);

        var error = Assert.Throws<ArgumentException>(() =>
            new RegionMapper().Map(mask, Whole.Geometry(mask.Size), Tiled.Layout(mask.Size, new VisionTokens(4)), patchSize: 4, tokenSide: 4));
        Assert.StartsWith("Geometry and layout are of one picture; the geometry has 1 tiles, the layout 3.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Threshold_NoShareOfAnArea_IsRefused(double threshold) => Assert.StartsWith(
        "A threshold is a share of a token's area: above 0 and at most 1.",
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegionMapper { Threshold = threshold }).Message,
        StringComparison.Ordinal);

    private static RegionMask Full(int height, int width) => RegionMask.Create(new PictureSize(height, width), (_, _) => true);

    private static void AssertRefused(ImmutableArray<string> reasons, RegionMask mask, PictureSize picture, PictureProcessor processor)
    {
        var message = Assert.Throws<RegionException>(() => new RegionMapper().Map(mask, picture, processor, new VisionTokens(4))).Message;
        Assert.All(reasons, reason => Assert.Contains(reason, message, StringComparison.Ordinal));
    }
}
