using ProbePipeline.Inputs.Text;

namespace ProbePipeline.Options;

/// <summary>Naming regions with CLIP and no training.</summary>
public sealed record ZeroShotOptions
{
    /// <summary>A checkpoint of CLIP with both encoders: a folder, or org/name of the Hugging Face hub.</summary>
    public required string Model { get; init; }

    /// <summary>What is said of a class.</summary>
    public QuestionTemplate Template { get; init; } = new("a photo of a {label}.");

    /// <summary>How far beyond its bounds a region is cut out, as a share of their longer side.</summary>
    public double Margin { get; init; } = 0.1;
}
