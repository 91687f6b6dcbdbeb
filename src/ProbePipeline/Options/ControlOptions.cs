using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>A control task: every type of row gets one random label for good (Hewitt and Liang 2019, arXiv 1909.03368).</summary>
public sealed record ControlOptions
{
    /// <summary>The fields of a row that together make its type; never the target itself.</summary>
    public required ImmutableArray<string> Type { get; init; }

    /// <summary>Seed of the labels.</summary>
    public long Seed { get; init; }

    /// <summary>Number of control tasks, with seeds from <see cref="Seed"/> on; what is reported is their mean.</summary>
    public int Seeds { get; init; } = 1;
}
