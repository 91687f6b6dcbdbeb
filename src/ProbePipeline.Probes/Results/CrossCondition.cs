using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>Conditions held against each other: probes of one on the states of another, and how alike the states are.</summary>
public sealed record CrossCondition
{
    /// <summary>Sites of which every pair of conditions was tried; at the others only probes of the first condition.</summary>
    public ImmutableArray<string> MatrixSites { get; init; } = [];

    /// <summary>Probes on other conditions' states, site by site; at <see cref="MatrixSites"/> on those of their own too, where the difference is 0.</summary>
    public ImmutableArray<Transfer> Transfers { get; init; } = [];

    /// <summary>How alike every condition's states and those of the first are, site by site; empty where it was not asked for.</summary>
    public ImmutableArray<ConditionSimilarity> Similarities { get; init; } = [];
}
