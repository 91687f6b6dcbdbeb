namespace ProbePipeline.Inputs;

/// <summary>
/// The grid of patches that the tiles after the overview form together, blended to fewer tokens: bilinear, without antialiasing (LLaVA-OneVision).
/// A token stands for its even share of the patches that show the picture.
/// </summary>
/// <param name="TileColumns">Tiles side by side.</param>
/// <param name="Top">First row of patches of the joined grid that shows the picture.</param>
/// <param name="Left">First column of patches of the joined grid that shows the picture.</param>
/// <param name="PatchRows">Rows of patches that show the picture.</param>
/// <param name="PatchColumns">Columns of patches that show the picture.</param>
/// <param name="Rows">Rows of tokens that they become.</param>
/// <param name="Columns">Columns of tokens that they become.</param>
public sealed record ShrunkGrid(int TileColumns, int Top, int Left, int PatchRows, int PatchColumns, int Rows, int Columns)
{
    /// <summary>Patches that one token stands for along the vertical axis.</summary>
    internal double RowScale => (double)PatchRows / Rows;

    /// <summary>Patches that one token stands for along the horizontal axis.</summary>
    internal double ColumnScale => (double)PatchColumns / Columns;
}
