namespace ProbePipeline.Probes.Results;

/// <summary>One part of a split.</summary>
/// <param name="Rows">Rows in it.</param>
/// <param name="Images">Pictures that they are about.</param>
public sealed record SplitPart(int Rows, int Images);
