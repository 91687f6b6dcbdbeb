namespace ProbePipeline.Probes.Results;

/// <summary>A class at one patch of a picture.</summary>
/// <param name="Place">Where the patch lies.</param>
/// <param name="Class">The class's index.</param>
/// <param name="Probability">Its probability there.</param>
public sealed record PatchDecision(PatchPlace Place, int Class, double Probability);
