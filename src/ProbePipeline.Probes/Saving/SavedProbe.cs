namespace ProbePipeline.Probes.Saving;

/// <summary>A probe with its card.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Card">What one has to know of it.</param>
public sealed record SavedProbe(LinearProbe Probe, ProbeCard Card);
