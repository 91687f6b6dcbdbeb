namespace ProbePipeline.Models.Sites;

/// <summary>The two transformers of a vision-language model.</summary>
public enum Tower
{
    /// <summary>The vision encoder.</summary>
    Vision,

    /// <summary>The language decoder.</summary>
    Language,
}
