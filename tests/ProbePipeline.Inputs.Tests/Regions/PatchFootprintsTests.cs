using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Regions;

public sealed class PatchFootprintsTests
{
    private static readonly VisionTokens Patches = new(14);

    private static PictureProcessor Processor(string name) => name switch
    {
        "squeezed" => new SingleTileProcessor { Resize = ResizeTarget.Exactly(new PictureSize(112, 112)) },
        "cropped" => new SingleTileProcessor { Resize = ResizeTarget.ShortestEdge(112), Crop = new PictureSize(112, 112) },
        "padded" => new SingleTileProcessor { PadToSquare = true, Resize = ResizeTarget.ShortestEdge(112) },
        "uneven" => new SingleTileProcessor { Resize = ResizeTarget.Exactly(new PictureSize(120, 100)) },
        "small crop" => new SingleTileProcessor { Crop = new PictureSize(140, 140) },
        "next" => new LlavaNextProcessor { TileSize = 56, Resolutions = [new(56, 112), new(112, 56), new(112, 112)] },
        // A tile of 4 x 4 patches is as many tokens as all tiles may have together.
        "onevision" => new LlavaNextProcessor { TileSize = 56, Resolutions = [new(56, 112), new(112, 56), new(112, 112)], MostTiles = 1 },
        "idefics3" => new Idefics3Processor { LongestEdge = 112, TileSize = 56 },
        _ => new Phi3VisionProcessor { TileSize = 56, MaximumTiles = 4 },
    };

    /// <summary>What the views of a processor show of a picture, worked out by hand: the overview, then the tiles together.</summary>
    public static TheoryData<string, int, int, PictureRectangle[]> Shown => new()
    {
        { "squeezed", 90, 90, [new(0, 0, 90, 90)] },
        { "squeezed", 60, 97, [new(0, 0, 60, 97)] },
        { "cropped", 112, 112, [new(0, 0, 112, 112)] },
        // 60 x 97 becomes 112 x 181, of which columns 34 to 146 are kept.
        { "cropped", 60, 97, [new(0, 34 * 97 / 181.0, 60, 146 * 97 / 181.0)] },
        { "cropped", 97, 60, [new(34 * 97 / 181.0, 0, 146 * 97 / 181.0, 60)] },
        { "padded", 60, 97, [new(0, 0, 60, 97)] },
        { "padded", 97, 60, [new(0, 0, 97, 60)] },
        // 120 x 100 pixels hold 8 x 7 whole patches: 112 x 98 pixels.
        { "uneven", 60, 50, [new(0, 0, 56, 49)] },
        { "small crop", 75, 33, [new(0, 0, 75, 33)] },
        { "next", 80, 80, [new(0, 0, 80, 80), new(0, 0, 80, 80)] },
        { "next", 50, 97, [new(0, 0, 50, 97), new(0, 0, 50, 97)] },
        { "onevision", 50, 97, [new(0, 0, 50, 97), new(0, 0, 50, 97)] },
        { "idefics3", 80, 80, [new(0, 0, 80, 80), new(0, 0, 80, 80)] },
        { "idefics3", 50, 97, [new(0, 0, 50, 97), new(0, 0, 50, 97)] },
        { "phi3", 70, 70, [new(0, 0, 70, 70), new(0, 0, 70, 70)] },
        { "phi3", 97, 45, [new(0, 0, 97, 45), new(0, 0, 97, 45)] },
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public void OfPatches_EveryProcessor_TileWhatEachViewShowsOfThePicture(string name, int height, int width, PictureRectangle[] views)
    {
        var footprints = PatchFootprints.OfPatches(new PictureSize(height, width), Processor(name), Patches);
        var found = footprints.GroupBy(footprint => views.Length > 1 && footprint.Token.Tile > 0).OrderBy(view => view.Key).ToArray();

        Assert.Equal(views.Length, found.Length);
        foreach (var (expected, view) in views.Zip(found))
        {
            AssertTiles(expected, [.. view.Select(footprint => footprint.Area)], height, width);
        }
    }

    [Theory]
    [InlineData("cropped", 60, 97)]
    [InlineData("padded", 60, 97)]
    [InlineData("next", 50, 97)]
    [InlineData("onevision", 50, 97)]
    [InlineData("onevision", 80, 80)]
    [InlineData("idefics3", 50, 97)]
    [InlineData("phi3", 97, 45)]
    public void OfTokens_EveryProcessor_TileTheirBounds(string name, int height, int width)
    {
        var (picture, processor) = (new PictureSize(height, width), Processor(name));
        var layout = processor.Layout(picture, Patches);
        var footprints = PatchFootprints.OfTokens(picture, processor, Patches);

        Assert.All(footprints, footprint => Assert.Equal(layout.Tokens[footprint.Index], footprint.Token));
        foreach (var view in footprints.GroupBy(footprint => layout.TileCount > 1 && footprint.Token.Tile > 0))
        {
            PictureRectangle[] areas = [.. view.Select(footprint => footprint.Area)];
            AssertTiles(new(areas.Min(area => area.Top), areas.Min(area => area.Left), areas.Max(area => area.Bottom), areas.Max(area => area.Right)), areas, height, width);
        }
    }

    [Fact]
    public void OfPatches_PaddedPicture_LeavesOutWhatShowsPaddingAlone()
    {
        // 28 x 112 in 112 x 112: three rows of patches above and three below show nothing of it.
        var footprints = PatchFootprints.OfPatches(new PictureSize(28, 112), Processor("padded"), Patches);

        Assert.Equal(Enumerable.Range(24, 16), footprints.Select(footprint => footprint.Index));
        Assert.Equal(new PictureRectangle(14, 98, 28, 112), footprints[^1].Area);
        Assert.Equal(ImageToken.Patch(0, 4, 7), footprints[^1].Token);
    }

    [Fact]
    public void OfPatches_PaddingUpToABorderOfPatches_ShowsNothingByRounding()
    {
        // Padded to a square of eight patches a side, each of so many pixels of a large picture; one to three rows of patches above and below show nothing of it.
        foreach (var side in Enumerable.Range(1000, 200))
        {
            foreach (var above in new[] { 1, 2, 3 })
            {
                var footprints = PatchFootprints.OfPatches(new PictureSize((8 - (2 * above)) * side, 8 * side), Processor("padded"), Patches);

                Assert.Equal(Enumerable.Range(8 * above, 8 * (8 - (2 * above))), footprints.Select(footprint => footprint.Index));
            }
        }
    }

    [Fact]
    public void OfTokens_MergedPatches_HaveOneFootprint()
    {
        // One tile of 4 x 4 patches, merged to 2 x 2; the overview shows the same.
        var footprints = PatchFootprints.OfTokens(new PictureSize(56, 56), new Phi3VisionProcessor { TileSize = 56, MaximumTiles = 1 }, Patches);

        Assert.Equal([0, 1, 3, 4, 7, 8, 10, 11], footprints.Select(footprint => footprint.Index));
        Assert.Equal(new PictureRectangle(28, 0, 56, 28), footprints[2].Area);
    }

    [Fact]
    public void OfTokens_ShrunkGrid_ShareThePictureEvenly()
    {
        // The overview's 16 patches, then 8 x 8 patches of four tiles that become 4 x 4 tokens, each row with its end.
        var footprints = PatchFootprints.OfTokens(new PictureSize(80, 80), Processor("onevision"), Patches);

        Assert.Equal(32, footprints.Length);
        Assert.Equal([16, 17, 18, 19, 21], footprints.Skip(16).Take(5).Select(footprint => footprint.Index));
        Assert.Equal((ImageToken.Blend(1, 2), new PictureRectangle(20, 40, 40, 60)), (footprints[22].Token, footprints[22].Area));
    }

    // Every pixel's centre lies in one footprint where the view shows it and in none elsewhere, and the areas add up to the view's.
    private static void AssertTiles(PictureRectangle expected, PictureRectangle[] areas, int height, int width)
    {
        Assert.Equal(expected.Area, areas.Sum(area => area.Area), 1e-6);
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var (y, x) = (row + 0.5, column + 0.5);
                Assert.Equal(Holds(expected, y, x) ? 1 : 0, areas.Count(area => Holds(area, y, x)));
            }
        }
    }

    private static bool Holds(PictureRectangle area, double y, double x) => y >= area.Top && y < area.Bottom && x >= area.Left && x < area.Right;
}
