using System.Collections.Immutable;

namespace ProbePipeline.Inputs;

/// <summary>
/// The image tokens of one picture, in the order in which the language model reads them.
/// It is arithmetic on the picture's size alone: processors, prompts, regions and the network all read the same list.
/// </summary>
public sealed class ImageTokenLayout
{
    /// <param name="tokens">The tokens in reading order.</param>
    /// <param name="tileCount">Number of tiles that enter the vision tower for this picture (the overview counts).</param>
    /// <param name="gridRows">Rows of (merged) patches in a tile.</param>
    /// <param name="gridColumns">Columns of (merged) patches in a tile.</param>
    public ImageTokenLayout(ImmutableArray<ImageToken> tokens, int tileCount, int gridRows, int gridColumns)
    {
        Tokens = tokens;
        TileCount = tileCount;
        GridRows = gridRows;
        GridColumns = gridColumns;
    }

    /// <summary>The tokens in reading order.</summary>
    public ImmutableArray<ImageToken> Tokens { get; }

    /// <summary>Number of tiles that enter the vision tower for this picture (the overview counts).</summary>
    public int TileCount { get; }

    /// <summary>Rows of (merged) patches in a tile.</summary>
    public int GridRows { get; }

    /// <summary>Columns of (merged) patches in a tile.</summary>
    public int GridColumns { get; }

    /// <summary>How the tiles' joined grid was shrunk; null: every patch that shows the picture is a token of its own.</summary>
    public ShrunkGrid? Shrunk { get; init; }

    /// <summary>
    /// What a prompt holds for the picture, the family's markers of tiles included, with <see cref="Placeholder"/> once for every image token; null: nothing but
    /// the placeholders.
    /// </summary>
    internal string? PromptText { get; init; }

    /// <summary>What stands for an image token in <see cref="PromptText"/>.</summary>
    internal const string Placeholder = "<image>";

    /// <summary>Number of image tokens.</summary>
    public int Count => Tokens.Length;
}
