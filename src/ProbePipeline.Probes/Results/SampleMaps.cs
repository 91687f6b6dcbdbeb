using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>What one probe reads at every patch of the sample rows' pictures, under the row's own region where the condition cuts by it.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Site">Where the probe reads.</param>
/// <param name="Rows">For every sample row its patches, each with its likeliest class and a probability of four digits; of tiled pictures the tiles' patches.</param>
public sealed record SampleMaps(string Condition, string Site, ImmutableArray<ImmutableArray<PatchDecision>> Rows);
