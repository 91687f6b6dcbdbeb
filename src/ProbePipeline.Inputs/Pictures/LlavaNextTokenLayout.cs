using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// LLaVA-NeXT and LLaVA-OneVision: the overview's patches row by row, then the grid that the tiles form together without the rows or columns of
/// padding, shrunk where it has too many, each row with a row end (transformers 5.23, modeling_llava_next.py and modeling_llava_onevision.py:
/// pack_image_features, unpad_image).
/// </summary>
internal static class LlavaNextTokenLayout
{
    /// <summary>The image tokens of a picture.</summary>
    /// <param name="picture">The original's size.</param>
    /// <param name="resolutions">The resolutions to choose from (<c>image_grid_pinpoints</c>), each a grid of whole tiles.</param>
    /// <param name="tileSize">Side of a tile in pixels.</param>
    /// <param name="tokens">Patch size of the vision tower; a class token has no place here.</param>
    /// <param name="mostTiles">
    /// As many tokens as this many whole tiles have the tiles may become together, beyond which their grid is shrunk (LLaVA-OneVision); null: any number.
    /// </param>
    /// <exception cref="ArgumentException">No whole patch fits into a tile, or a class token is asked for.</exception>
    public static ImageTokenLayout Create(PictureSize picture, ImmutableArray<PictureSize> resolutions, int tileSize, VisionTokens tokens, int? mostTiles = null)
    {
        PatchGrid.RefuseClassToken(tokens, "LLaVA-NeXT");
        var side = PatchGrid.Count(tileSize, tokens.PatchSize);
        var whole = AnyResolution.SelectBest(picture, resolutions);
        var (tileRows, tileColumns) = (whole.Height / tileSize, whole.Width / tileSize);
        var (rows, columns) = Unpadded(picture, tileRows * side, tileColumns * side);
        var shrunk = Shrunk(rows, columns, tileColumns, mostTiles * side * side);
        var joined = shrunk is null ? PatchGrid.JoinedTokens(rows, columns, tileColumns, side) : Blends(shrunk);
        return new ImageTokenLayout([.. PatchGrid.Tokens(0, side, side), .. joined], 1 + (tileRows * tileColumns), side, side) { Shrunk = shrunk };
    }

    /// <summary>LLaVA-OneVision's tolerance: a grid up to 1.1 times as long and wide as allowed is left as it is (modeling_llava_onevision.py, pack_image_features).</summary>
    private static ShrunkGrid? Shrunk(Range rows, Range columns, int tileColumns, int? mostPatches)
    {
        if (mostPatches is not { } most)
        {
            return null;
        }

        var (height, width) = (rows.End.Value - rows.Start.Value, columns.End.Value - columns.Start.Value);
        var ratio = Math.Sqrt((double)(height * width) / most);
        return ratio > 1.1
            ? new ShrunkGrid(
                TileColumns: tileColumns,
                Top: rows.Start.Value,
                Left: columns.Start.Value,
                PatchRows: height,
                PatchColumns: width,
                Rows: FloorDivide(height, ratio),
                Columns: FloorDivide(width, ratio))
            : null;
    }

    /// <summary>Python's <c>//</c>, which takes the exact remainder off before it divides.</summary>
    private static int FloorDivide(double dividend, double divisor) => (int)Math.Round((dividend - (dividend % divisor)) / divisor);

    private static IEnumerable<ImageToken> Blends(ShrunkGrid grid) =>
        from row in Enumerable.Range(0, grid.Rows)
        from column in Enumerable.Range(0, grid.Columns + 1)
        select column < grid.Columns ? ImageToken.Blend(row, column) : ImageToken.RowEnd;

    /// <summary>The rows and columns of the joined grid that are left without padding: the same number goes at either side.</summary>
    private static (Range Rows, Range Columns) Unpadded(PictureSize picture, int rows, int columns)
    {
        if (picture.AspectRatio > (double)columns / rows)
        {
            var padding = (rows - Scaled(picture.Height, (double)columns / picture.Width)) / 2;
            return (padding..(rows - padding), 0..columns);
        }
        else
        {
            var padding = (columns - Scaled(picture.Width, (double)rows / picture.Height)) / 2;
            return (0..rows, padding..(columns - padding));
        }
    }

    /// <summary>Rounded down, after noise in the last digits was rounded off.</summary>
    private static int Scaled(int length, double scale) => (int)Math.Round(length * scale, 7);
}
