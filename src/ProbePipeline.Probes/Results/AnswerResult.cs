using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>The model's own answers: the choice with the highest score.</summary>
public sealed record AnswerResult
{
    /// <summary>Share of right answers over all rows.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Share of right answers over the test rows: the rows that the probes are tested on.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Rows that were answered.</summary>
    public required int Rows { get; init; }

    /// <summary>Lower end of the 95 % interval of <see cref="TestAccuracy"/>: cluster bootstrap over pictures, percentiles.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the same interval.</summary>
    public required double High { get; init; }

    /// <summary>Lower end of Wilson's 95 % interval of <see cref="TestAccuracy"/>, which takes rows as independent; null in results of earlier versions.</summary>
    public double? WilsonLow { get; init; }

    /// <summary>Upper end of the same interval.</summary>
    public double? WilsonHigh { get; init; }

    /// <summary>The same by every way of scoring that was computed, the one that counts first; empty in results of earlier versions.</summary>
    public ImmutableArray<ScoredAnswers> Scores { get; init; } = [];

    /// <summary>The same by question, where parts were asked in several ways; else empty.</summary>
    public ImmutableArray<QuestionAnswers> Questions { get; init; } = [];
}
