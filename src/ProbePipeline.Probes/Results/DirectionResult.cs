using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>Directions of the target at one site, as they lie in a file beside the results.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Site">The site.</param>
/// <param name="File">The safetensors file, from the folder of the results.</param>
/// <param name="Nullspace">How well the target was read while the directions that probes read were taken away, step by step.</param>
public sealed record DirectionResult(string Condition, string Site, string File, ImmutableArray<NullspaceStep> Nullspace);
