namespace ProbePipeline.Probes.Saving;

/// <summary>What one has to know of a saved probe to apply it rightly, and how far to trust it.</summary>
public sealed record ProbeCard
{
    /// <summary>Where its vectors are read, such as <c>language.resid_post.3</c>.</summary>
    public required string Site { get; init; }

    /// <summary>How a row's tokens became one vector, such as <c>region-mean</c>.</summary>
    public required string Pooling { get; init; }

    /// <summary>The attention condition's name.</summary>
    public required string Condition { get; init; }

    /// <summary>What the condition cuts, as experiment files write it: a list of blocks in YAML, <c>[]</c> where nothing is cut.</summary>
    public string Blocks { get; init; } = "[]";

    /// <summary>What fitted it, as the report names it.</summary>
    public required string Trainer { get; init; }

    /// <summary>Share of right predictions on the rows that chose its penalty.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>Share of right predictions on rows that neither trained nor chose it.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Whether what it reads reaches the model's answer.</summary>
    public bool OnPath { get; init; } = true;

    /// <summary>The site with its pooling: <c>language.resid_post.3@region-mean</c>.</summary>
    internal string Place => $"{Site}@{Pooling}";
}
