using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Maps;

/// <summary>A patch of the picture, or the image token that stands for one.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="IsChosen">Whether it is one of those that are meant.</param>
public sealed record TokenPatch(PatchPlace Place, bool IsChosen);
