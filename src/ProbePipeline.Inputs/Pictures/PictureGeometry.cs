using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// How a picture of a given size is resized, cropped, padded and cut into tiles: arithmetic on sizes alone, without any pixels.
/// Whatever lies on the picture, a mask or a box, is put through the same steps with it.
/// </summary>
public sealed record PictureGeometry
{
    private PictureGeometry(PictureSize picture, PictureSize tile, ImmutableArray<TileGeometry> tiles) => (Picture, Tile, Tiles) = (picture, tile, tiles);

    /// <summary>The original's size.</summary>
    public PictureSize Picture { get; }

    /// <summary>Every tile's size.</summary>
    public PictureSize Tile { get; }

    /// <summary>The tiles that show the picture, in the order in which they enter the vision tower (an overview first).</summary>
    internal ImmutableArray<TileGeometry> Tiles { get; }

    /// <summary>The geometry of tiles that are given by their axes.</summary>
    internal static PictureGeometry Create(PictureSize picture, PictureSize tile, IEnumerable<(AxisMap Vertical, AxisMap Horizontal)> axes)
    {
        var tiles = axes.Select(axis =>
        {
            var (top, bottom) = Shown(axis.Vertical, picture.Height, tile.Height);
            var (left, right) = Shown(axis.Horizontal, picture.Width, tile.Width);
            return new TileGeometry(axis.Vertical, axis.Horizontal, new PictureRectangle(top, left, bottom, right));
        });
        return new PictureGeometry(picture, tile, [.. tiles]);
    }

    /// <summary>The part of the original, in its pixels, under an image token's square of the tile; it reaches past the original over padding.</summary>
    /// <param name="token">A patch; other kinds of token show no part of the picture.</param>
    /// <param name="side">Side of the token's square in pixels of the tile: <see cref="PictureProcessor.TokenSide"/>.</param>
    /// <exception cref="ArgumentException">The token is no patch.</exception>
    internal PictureRectangle ToPicture(ImageToken token, int side) => token.Kind == ImageTokenKind.Patch
        ? Tiles[token.Tile].ToPicture(new PictureRectangle(token.Row * side, token.Column * side, (token.Row + 1) * side, (token.Column + 1) * side))
        : throw new ArgumentException($"A token of kind {token.Kind} shows no part of the picture.", nameof(token));

    /// <summary>The part of the original, in its pixels, under an image token of a layout, blends included; it reaches past the original over padding.</summary>
    /// <inheritdoc cref="ToPicture(ImageToken, int)" path="/param"/>
    /// <param name="shrunk">The layout's shrunk grid, where it has one.</param>
    /// <exception cref="ArgumentException">The token shows no part of the picture, or is a blend without a shrunk grid.</exception>
    internal PictureRectangle ToPicture(ImageToken token, int side, ShrunkGrid? shrunk) => token.Kind == ImageTokenKind.Blend && shrunk is not null
        // The tiles' axes go on past their own edges, so the first tile's stand for the whole grid.
        ? Tiles[token.Tile].ToPicture(new PictureRectangle(
            side * (shrunk.Top + (token.Row * shrunk.RowScale)),
            side * (shrunk.Left + (token.Column * shrunk.ColumnScale)),
            side * (shrunk.Top + ((token.Row + 1) * shrunk.RowScale)),
            side * (shrunk.Left + ((token.Column + 1) * shrunk.ColumnScale))))
        : ToPicture(token, side);

    /// <summary>Where on an axis of the tile the original begins and ends; twice the same where the tile shows none of it.</summary>
    private static (double Start, double End) Shown(AxisMap axis, int picture, int tile)
    {
        var start = Math.Clamp(axis.ToTile(0), 0, tile);
        return (start, Math.Clamp(axis.ToTile(picture), start, tile));
    }
}
