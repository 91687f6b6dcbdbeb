using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Tests.Pictures;

public sealed class PictureGeometryTests
{
    [Fact]
    public void Geometry_ResizeAndCentreCrop_MapsTheTileToTheMiddle()
    {
        var processor = new SingleTileProcessor { Resize = ResizeTarget.ShortestEdge(10), Crop = new PictureSize(10, 10) };

        var geometry = processor.Geometry(new PictureSize(20, 40));

        // 20 x 40 becomes 10 x 20, of which columns 5 to 15 are kept.
        var tile = Assert.Single(geometry.Tiles);
        Assert.Equal(new PictureSize(10, 10), geometry.Tile);
        Assert.Equal(new AxisMap(0, 2), tile.Vertical);
        Assert.Equal(new AxisMap(10, 2), tile.Horizontal);
        Assert.Equal(new PictureRectangle(0, 0, 10, 10), tile.Content);
        Assert.Equal(new PictureRectangle(4, 14, 8, 18), geometry.ToPicture(ImageToken.Patch(0, 1, 1), 2));
    }

    [Fact]
    public void Geometry_CropLargerThanThePicture_HasPaddingAroundIt()
    {
        var processor = new SingleTileProcessor { Crop = new PictureSize(10, 9) };

        var tile = Assert.Single(processor.Geometry(new PictureSize(4, 4)).Tiles);

        // Half of 6 rows before, of 5 columns the larger half before, as the reference rounds.
        Assert.Equal(new PictureRectangle(3, 3, 7, 7), tile.Content);
        Assert.Equal(new PictureRectangle(-3, -3, 7, 6), tile.ToPicture(new PictureRectangle(0, 0, 10, 9)));
    }

    [Fact]
    public void Geometry_PaddedToSquareThenResized_HasContentBetweenPixels()
    {
        var processor = new SingleTileProcessor { PadToSquare = true, Resize = ResizeTarget.ShortestEdge(10) };

        var tile = Assert.Single(processor.Geometry(new PictureSize(10, 40)).Tiles);

        Assert.Equal(new AxisMap(-15, 4), tile.Vertical);
        Assert.Equal(new AxisMap(0, 4), tile.Horizontal);
        Assert.Equal(new PictureRectangle(3.75, 0, 6.25, 10), tile.Content);
        Assert.Equal(25, tile.Content.Area);
        Assert.Equal(tile.Content, tile.ToTile(new PictureRectangle(0, 0, 10, 40)));
    }

    [Fact]
    public void Geometry_LlavaNext_PutsTheOverviewFirstAndPadsTheGrid()
    {
        var processor = new LlavaNextProcessor { TileSize = 10, Resolutions = [new(10, 20), new(20, 10)] };

        var geometry = processor.Geometry(new PictureSize(20, 80));

        // Fitted to 5 x 20 in a grid of 10 x 20: two rows of padding above, three below.
        Assert.Equal(3, geometry.Tiles.Length);
        Assert.Equal((new AxisMap(0, 2), new AxisMap(0, 8)), (geometry.Tiles[0].Vertical, geometry.Tiles[0].Horizontal));
        Assert.Equal((new AxisMap(-8, 4), new AxisMap(0, 4)), (geometry.Tiles[1].Vertical, geometry.Tiles[1].Horizontal));
        Assert.Equal((new AxisMap(-8, 4), new AxisMap(40, 4)), (geometry.Tiles[2].Vertical, geometry.Tiles[2].Horizontal));
        Assert.Equal(new PictureRectangle(2, 0, 7, 10), geometry.Tiles[2].Content);
    }

    [Fact]
    public void Geometry_Phi3VisionPortrait_PadsLeftAndRight()
    {
        var processor = new Phi3VisionProcessor { TileSize = 10, MaximumTiles = 2 };

        var geometry = processor.Geometry(new PictureSize(80, 20));

        // On its side 20 x 80 becomes 5 x 20 in a grid of 10 x 20, so here 20 x 5 with two columns of padding on the left.
        Assert.Equal(3, geometry.Tiles.Length);
        Assert.Equal((new AxisMap(0, 8), new AxisMap(-8, 4)), (geometry.Tiles[0].Vertical, geometry.Tiles[0].Horizontal));
        Assert.Equal((new AxisMap(40, 4), new AxisMap(-8, 4)), (geometry.Tiles[2].Vertical, geometry.Tiles[2].Horizontal));
        Assert.Equal(new PictureRectangle(0, 2, 10, 7), geometry.Tiles[0].Content);
    }

    [Fact]
    public void Geometry_EveryTile_CoversThePictureOnceBesideTheOverview()
    {
        PictureProcessor[] processors = [new LlavaNextProcessor(), new Phi3VisionProcessor { MaximumTiles = 16 }];
        foreach (var geometry in processors.Select(processor => processor.Geometry(new PictureSize(427, 640))))
        {
            var area = geometry.Tiles.Skip(1).Sum(tile => tile.ToPicture(tile.Content).Area);
            Assert.Equal(427 * 640, area, 1e-6 * 427 * 640);
            Assert.Equal(427 * 640, geometry.Tiles[0].ToPicture(geometry.Tiles[0].Content).Area, 1e-6 * 427 * 640);
        }
    }

    [Fact]
    public void ToPicture_RowEnd_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new LlavaNextProcessor().Geometry(new PictureSize(10, 10)).ToPicture(ImageToken.RowEnd, 14));
}
