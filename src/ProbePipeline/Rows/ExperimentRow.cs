using ProbePipeline.Capture;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Rows;

/// <summary>One question about one part of one picture: a row of the data view that the transforms read.</summary>
internal sealed class ExperimentRow
{
    public required string Id { get; init; }

    /// <summary>Index of the picture, or of the first one of its group.</summary>
    public required int Image { get; init; }

    /// <summary>The class that probes are trained on and that answers are measured by.</summary>
    public required string Label { get; init; }

    public required string Question { get; init; }

    /// <summary>Which of the experiment's questions that is.</summary>
    [Microsoft.ML.Data.NoColumn]
    public required int Asked { get; init; }

    public required string Prompt { get; init; }

    [RegionType]
    public RegionMask Region => Part.Mask;

    /// <summary>The picture, shared by the rows that ask about it, while somebody holds it.</summary>
    [PictureType]
    public Picture Picture => Source.Pixels();

    [Microsoft.ML.Data.NoColumn]
    public required SharedPicture Source { get; init; }

    [Microsoft.ML.Data.NoColumn]
    public required PicturePart Part { get; init; }
}
