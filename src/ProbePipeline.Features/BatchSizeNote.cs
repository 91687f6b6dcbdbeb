namespace ProbePipeline.Features;

/// <summary>How many rows went through the network together from some time on, where the options do not say it.</summary>
/// <param name="Rows">Rows a forward.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="IsChosen">Whether it was chosen before the first forward; else memory ran out with more.</param>
public sealed record BatchSizeNote(int Rows, string Reason, bool IsChosen);
