using System.Collections.Immutable;

namespace ProbePipeline.Capture;

/// <summary>Which answers to score.</summary>
public sealed record AnswerOptions
{
    /// <summary>The conditions, all at once.</summary>
    public ImmutableArray<CaptureCondition> Conditions { get; init; } = [CaptureCondition.Intact];

    /// <summary>The answers to choose from; each may be several tokens.</summary>
    public required ImmutableArray<string> Choices { get; init; }

    /// <summary>How every prompt ends, as far as it matters for how the tokenizer writes an answer after it: <c>ASSISTANT:</c>.</summary>
    public string PromptEnd { get; init; } = "";

    /// <summary>Whether the answer is the choice with the highest likelihood a token instead of the highest likelihood.</summary>
    public bool LengthNormalized { get; init; }

    /// <summary>The columns that the network reads.</summary>
    public InputColumns Inputs { get; init; } = new();

    /// <summary>Rows that go through the network together.</summary>
    public int BatchSize { get; init; } = BatchSizes.Default;
}
