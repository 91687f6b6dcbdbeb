using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>Ways of scoring as files and results name them.</summary>
internal static class AnswerScoreText
{
    /// <summary>Every way, in the order in which the documentation lists them.</summary>
    public static ImmutableArray<(string Text, AnswerScore Score)> All { get; } =
    [
        ("sum", AnswerScore.Sum),
        ("per-token", AnswerScore.PerToken),
        ("calibrated", AnswerScore.Calibrated),
        ("generated-exact", AnswerScore.GeneratedExact),
        ("generated-normalized", AnswerScore.GeneratedNormalized),
        ("generated-contained", AnswerScore.GeneratedContained),
    ];

    public static string Write(AnswerScore score) => All.Single(known => known.Score == score).Text;
}
