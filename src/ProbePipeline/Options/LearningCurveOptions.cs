using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>Probes on growing shares of the training pictures.</summary>
public sealed record LearningCurveOptions
{
    /// <summary>The shares, ascending; each holds the pictures of the smaller ones.</summary>
    public ImmutableArray<double> Shares { get; init; } = [0.1, 0.25, 0.5, 1];

    /// <summary>Seed of the order in which pictures join.</summary>
    public long Seed { get; init; }
}
