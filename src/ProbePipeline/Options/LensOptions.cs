namespace ProbePipeline.Options;

/// <summary>The logit lens: at which rank the decoder's states, read as words, have the label.</summary>
public sealed record LensOptions
{
    /// <summary>The words that stand for the classes.</summary>
    public LabelWords Labels { get; init; } = LabelWords.ClassesOf(ProbeOptions.DefaultTarget);
}
