namespace ProbePipeline.Probes.Results;

/// <summary>
/// The logit lens at one decoder layer: the rank (0 = best) of the label's first token among the whole vocabulary, a row's rank being the best over
/// its region's tokens. The <c>Other</c> figures are the same for the label of another class on the same tokens.
/// </summary>
public sealed record LensResult
{
    /// <summary>The decoder layer, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>Median over rows.</summary>
    public required double MedianRank { get; init; }

    /// <summary>Share of rows at rank 0.</summary>
    public required double Top1 { get; init; }

    /// <summary>Mean over rows of 1 / (1 + rank).</summary>
    public required double MeanReciprocalRank { get; init; }

    /// <summary>Median rank of another class's label.</summary>
    public required double OtherMedianRank { get; init; }

    /// <summary>Share of rows at which another class's label has rank 0.</summary>
    public required double OtherTop1 { get; init; }

    /// <summary>Mean reciprocal rank of another class's label.</summary>
    public required double OtherMeanReciprocalRank { get; init; }
}
