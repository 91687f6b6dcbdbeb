using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>What a probe finds in the other labels of a row, without pixels or network.</summary>
/// <param name="Fields">The fields whose values it is told.</param>
/// <param name="Probe">The probe, chosen like the others.</param>
public sealed record OtherLabelsResult(ImmutableArray<string> Fields, ProbeResult Probe);
