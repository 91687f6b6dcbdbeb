namespace ProbePipeline.Probes.Results;

/// <summary>What a probe finds in vectors that say nothing about their rows.</summary>
/// <param name="Width">Numbers a row, as many as some of the sites have.</param>
/// <param name="Probe">The probe, chosen like the others.</param>
public sealed record RandomFeaturesResult(int Width, ProbeResult Probe);
