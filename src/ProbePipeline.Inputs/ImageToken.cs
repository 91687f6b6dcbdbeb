namespace ProbePipeline.Inputs;

/// <summary>One image token: what it is and, for patches and class tokens, where in the vision tower it comes from.</summary>
/// <param name="Kind">What the token stands for.</param>
/// <param name="Tile">Index of the tile, in the order in which the tiles enter the vision tower; -1 for learned embeddings.</param>
/// <param name="Row">Row in the tile's grid of (merged) patches, or in the shrunk grid; -1 where the token shows no part of the picture.</param>
/// <param name="Column">Column in the tile's grid of (merged) patches, or in the shrunk grid; -1 where the token shows no part of the picture.</param>
public readonly record struct ImageToken(ImageTokenKind Kind, int Tile, int Row, int Column)
{
    /// <summary>The learned embedding at the end of a row.</summary>
    public static ImageToken RowEnd { get; } = new(ImageTokenKind.RowEnd, -1, -1, -1);

    /// <summary>The learned embedding between tiles and overview.</summary>
    public static ImageToken Separator { get; } = new(ImageTokenKind.Separator, -1, -1, -1);

    /// <summary>A (merged) patch of a tile.</summary>
    public static ImageToken Patch(int tile, int row, int column) => new(ImageTokenKind.Patch, tile, row, column);

    /// <summary>A token of a shrunk grid, by its place in it; its tile is the first of those that form the grid.</summary>
    public static ImageToken Blend(int row, int column) => new(ImageTokenKind.Blend, 1, row, column);

    /// <summary>Whether the token stands for a part of the picture.</summary>
    public bool ShowsPicture => Kind is ImageTokenKind.Patch or ImageTokenKind.Blend;

    /// <summary>The class token of a tile.</summary>
    public static ImageToken ClassToken(int tile) => new(ImageTokenKind.ClassToken, tile, -1, -1);
}
