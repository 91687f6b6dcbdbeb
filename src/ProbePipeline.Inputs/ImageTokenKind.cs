namespace ProbePipeline.Inputs;

/// <summary>What an image token of the language model stands for.</summary>
public enum ImageTokenKind
{
    /// <summary>One patch of a tile, or a square of merged patches.</summary>
    Patch,

    /// <summary>The vision tower's class token of a tile (only where every token is kept).</summary>
    ClassToken,

    /// <summary>A learned embedding at the end of a row of patches.</summary>
    RowEnd,

    /// <summary>A learned embedding between the tiles and the overview.</summary>
    Separator,

    /// <summary>A blend of neighbouring patches of the grid that the tiles form together, where that was shrunk to fewer tokens: <see cref="ShrunkGrid"/>.</summary>
    Blend,
}
