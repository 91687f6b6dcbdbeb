using System.Collections.Immutable;

namespace ProbePipeline;

/// <summary>What a run would do and what it costs.</summary>
/// <param name="Lines">What, and how much of it.</param>
public sealed record ExperimentPlan(ImmutableArray<(string What, string Value)> Lines);
