namespace ProbePipeline.Options;

/// <summary>The check that a probe reads its target: the target is erased from the states (LEACE: Belrose et al. 2023, arXiv 2306.03819), and a new probe is trained.</summary>
public sealed record ErasureOptions
{
    /// <summary>Another field of a row, read before and after, to see what the erasure leaves of it; null: none.</summary>
    public string? Other { get; init; }
}
