namespace ProbePipeline.Inputs.Text;

/// <summary>What becomes of a match when a text is cut at it; the names are those of tokenizer.json.</summary>
internal enum SplitBehavior
{
    /// <summary>A piece of its own.</summary>
    Isolated,

    /// <summary>It is dropped.</summary>
    Removed,

    /// <summary>The end of the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>The begin of the piece behind it.</summary>
    MergedWithNext,

    /// <summary>Matches next to each other are one piece.</summary>
    Contiguous,
}
