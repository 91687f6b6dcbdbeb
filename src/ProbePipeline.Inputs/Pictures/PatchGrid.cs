namespace ProbePipeline.Inputs.Pictures;

/// <summary>The grid of patches that a vision tower lays over a tile.</summary>
internal static class PatchGrid
{
    /// <summary>Whole patches along an edge.</summary>
    public static int Count(int edge, int patchSize) => patchSize > 0 && edge >= patchSize
        ? edge / patchSize
        : throw new ArgumentException($"A tile edge of {edge} pixels holds no whole patch of {patchSize} pixels.", nameof(patchSize));

    /// <summary>All patches of a tile, row by row.</summary>
    public static IEnumerable<ImageToken> Tokens(int tile, int rows, int columns) =>
        from row in Enumerable.Range(0, rows)
        from column in Enumerable.Range(0, columns)
        select ImageToken.Patch(tile, row, column);

    /// <summary>
    /// Part of the grid that the tiles after the overview form together, row by row, each row with a row end.
    /// </summary>
    /// <param name="rows">Rows of the joined grid.</param>
    /// <param name="columns">Columns of the joined grid.</param>
    /// <param name="tileColumns">Tiles side by side.</param>
    /// <param name="side">Patches along the edge of a tile.</param>
    public static IEnumerable<ImageToken> JoinedTokens(Range rows, Range columns, int tileColumns, int side)
    {
        for (var row = rows.Start.Value; row < rows.End.Value; row++)
        {
            for (var column = columns.Start.Value; column < columns.End.Value; column++)
            {
                yield return ImageToken.Patch(1 + (row / side * tileColumns) + (column / side), row % side, column % side);
            }

            yield return ImageToken.RowEnd;
        }
    }

    /// <summary>Layouts that join tiles have no place for class tokens.</summary>
    public static void RefuseClassToken(VisionTokens tokens, string family)
    {
        if (tokens.IncludesClassToken)
        {
            throw new ArgumentException(
                $"{family} joins the patches of several tiles to one grid, where a class token has no place: use the select strategy \"default\".",
                nameof(tokens));
        }
    }
}
