using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>Directions of the target that are written to files: class means, what LEACE erases, and what probes read one after the other.</summary>
public sealed record DirectionOptions
{
    /// <summary>The sites; none: those of the transfer matrix.</summary>
    public ImmutableArray<SitePattern> Sites { get; init; } = [];

    /// <summary>How many probes have their directions taken away at most (iterative nullspace projection: Ravfogel et al. 2020, arXiv 2004.07667).</summary>
    public int Iterations { get; init; } = 8;
}
