namespace ProbePipeline.Probes.Results;

/// <summary>The probes that a run has written, for use on other pictures.</summary>
/// <param name="File">The file, from the folder of the results.</param>
/// <param name="Probes">One a condition, site and pooling.</param>
/// <param name="Distinct">How many of them differ: conditions that share a part of the network share its probes.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record SavedProbesSummary(string File, int Probes, int Distinct, long Bytes);
