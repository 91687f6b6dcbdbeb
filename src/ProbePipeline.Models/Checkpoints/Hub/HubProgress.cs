namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>How far a download is.</summary>
/// <param name="Done">Bytes that are there, those of earlier attempts included.</param>
/// <param name="All">Bytes of all files.</param>
public readonly record struct HubProgress(long Done, long All);
