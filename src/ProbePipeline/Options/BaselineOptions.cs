using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>Baselines beside chance, majority and the region's pixels.</summary>
public sealed record BaselineOptions
{
    /// <summary>Other fields of a row that a probe is told in place of the states; none: there is no such probe.</summary>
    public ImmutableArray<string> OtherLabels { get; init; } = [];

    /// <summary>Whether probes are trained on random vectors of the sites' widths.</summary>
    public bool RandomFeatures { get; init; }

    /// <summary>Whether probes are trained on the states of a network of the same architecture with random weights, under the first condition.</summary>
    public bool RandomModel { get; init; }

    /// <summary>Naming regions with CLIP; null: it is not asked.</summary>
    public ZeroShotOptions? ZeroShot { get; init; }

    /// <summary>Seed of vectors and weights.</summary>
    public long Seed { get; init; }
}
