using System.Collections.Immutable;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>What became of a checkpoint's tensors.</summary>
/// <param name="Used">The names that the network holds.</param>
/// <param name="ParameterCount">Numbers in them.</param>
/// <param name="Ignored">The names that were left, each with the reason.</param>
public sealed record CheckpointReport(ImmutableArray<string> Used, long ParameterCount, ImmutableDictionary<string, string> Ignored);
