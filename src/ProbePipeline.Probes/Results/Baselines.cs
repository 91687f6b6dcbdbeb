using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>Test accuracies of somebody who sees less than the model's states.</summary>
/// <param name="Chance">One in the number of classes.</param>
/// <param name="Majority">Always the class that is most frequent in training.</param>
/// <param name="Pixels">A probe, chosen like the others, on the region's raw pixels; null where no probes were asked for.</param>
public sealed record Baselines(double Chance, double Majority, ProbeResult? Pixels)
{
    /// <summary>A probe on other labels of the rows; null where it was not asked for.</summary>
    public OtherLabelsResult? OtherLabels { get; init; }

    /// <summary>Probes on random vectors, one for each width that sites have; none where they were not asked for.</summary>
    public ImmutableArray<RandomFeaturesResult> RandomFeatures { get; init; } = [];

    /// <summary>Naming regions with CLIP; null where it was not asked.</summary>
    public ZeroShotResult? ZeroShot { get; init; }

    /// <summary>Probes on the states of an untrained network; null where they were not asked for.</summary>
    public RandomModelResult? RandomModel { get; init; }
}
