using System.Collections.Immutable;

namespace ProbePipeline.Capture;

/// <summary>Which answers a model is to write itself.</summary>
public sealed record GeneratedAnswerOptions
{
    /// <summary>The conditions, all at once. Every token that is written joins the queries of a block whose queries hold the prompt's last token.</summary>
    public ImmutableArray<CaptureCondition> Conditions { get; init; } = [CaptureCondition.Intact];

    /// <summary>The longest answer, in tokens; from 1 on.</summary>
    public required int MaxNewTokens { get; init; }

    /// <summary>The columns that the network reads.</summary>
    public InputColumns Inputs { get; init; } = new();

    /// <summary>Rows that go through the network together.</summary>
    public int BatchSize { get; init; } = BatchSizes.Default;
}
