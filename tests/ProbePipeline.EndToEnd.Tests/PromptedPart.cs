using ProbePipeline.Capture;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>What a pipeline that applies probes reads: a part of a picture, and the question about it.</summary>
internal sealed class PromptedPart
{
    [PictureType]
    public required Picture Picture { get; init; }

    [RegionType]
    public required RegionMask Region { get; init; }

    public required string Prompt { get; init; }
}
