namespace ProbePipeline.Inputs.Pictures;

/// <summary>Where one tile of a processed picture lies on the original.</summary>
/// <param name="Vertical">The tile's rows on the original's.</param>
/// <param name="Horizontal">The tile's columns on the original's.</param>
/// <param name="Content">The part of the tile, in its own pixels, that shows the original; the rest is padding.</param>
/// <remarks>Edges fall between pixels where a padded picture was resized: such pixels mix picture and padding.</remarks>
internal sealed record TileGeometry(AxisMap Vertical, AxisMap Horizontal, PictureRectangle Content)
{
    /// <summary>The part of the original, in its pixels, under a part of the tile; it reaches past the original over padding.</summary>
    public PictureRectangle ToPicture(PictureRectangle tile) =>
        new(Vertical.ToPicture(tile.Top), Horizontal.ToPicture(tile.Left), Vertical.ToPicture(tile.Bottom), Horizontal.ToPicture(tile.Right));

    /// <summary>The part of the tile, in its pixels, that lies on a part of the original; it reaches past the tile where the tile shows less.</summary>
    public PictureRectangle ToTile(PictureRectangle picture) =>
        new(Vertical.ToTile(picture.Top), Horizontal.ToTile(picture.Left), Vertical.ToTile(picture.Bottom), Horizontal.ToTile(picture.Right));
}
