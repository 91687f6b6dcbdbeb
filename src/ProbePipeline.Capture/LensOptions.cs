using System.Collections.Immutable;

namespace ProbePipeline.Capture;

/// <summary>What to look up with the logit lens.</summary>
public sealed record LensOptions
{
    /// <summary>The conditions, all at once.</summary>
    public ImmutableArray<CaptureCondition> Conditions { get; init; } = [CaptureCondition.Intact];

    /// <summary>The labels that rows can have. Another class's label, for comparison, is the one that follows a row's own in this list.</summary>
    public required ImmutableArray<string> Labels { get; init; }

    /// <summary>The text column that holds a row's label.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>How every prompt ends, as far as it matters for how the tokenizer writes a word after it.</summary>
    public string PromptEnd { get; init; } = "";

    /// <summary>The columns that the network reads; a region is needed.</summary>
    public InputColumns Inputs { get; init; } = new();

    /// <summary>Rows that go through the network together.</summary>
    public int BatchSize { get; init; } = BatchSizes.Default;
}
