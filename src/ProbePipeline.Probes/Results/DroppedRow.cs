namespace ProbePipeline.Probes.Results;

/// <summary>A row that could not be used.</summary>
/// <param name="Id">The row's name.</param>
/// <param name="Reason">Why.</param>
public sealed record DroppedRow(string Id, string Reason);
