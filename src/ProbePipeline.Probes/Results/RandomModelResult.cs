using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>What probes find in the states of a network of the same architecture that was never trained.</summary>
/// <param name="Seed">The seed of its weights.</param>
/// <param name="Condition">The condition under which it ran.</param>
/// <param name="Probes">A probe a site, chosen like those of the model.</param>
public sealed record RandomModelResult(long Seed, string Condition, ImmutableArray<ProbeResult> Probes)
{
    /// <summary>What the untrained network is called in <see cref="Differences"/>.</summary>
    public const string Untrained = "untrained";

    /// <summary>For every site the model's probe less that of the untrained network on the same test rows, tests adjusted over the sites; empty in results of earlier versions.</summary>
    public ImmutableArray<Comparison> Differences { get; init; } = [];
}
