using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Analysis;

/// <summary>The model's own answers under one condition, right or wrong row by row.</summary>
/// <param name="Choices">For every row the index of the choice that the model made.</param>
/// <param name="Right">For every row whether it is the row's label.</param>
internal sealed record AnswerAnalysis(ImmutableArray<int> Choices, ImmutableArray<bool> Right)
{
    /// <summary>By every way of scoring that is known whether rows were answered rightly, the one that counts first.</summary>
    private ImmutableArray<(AnswerScore Score, AnswerAnalysis Answers)> ByScore { get; init; } = [];

    /// <param name="store">What the network gave.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="scoring">Which choice counts.</param>
    /// <param name="choices">The choices.</param>
    /// <param name="rows">The rows.</param>
    public static AnswerAnalysis Of(FeatureStore store, string condition, AnswerScoring scoring, ImmutableArray<string> choices, LabeledRows rows)
    {
        ImmutableArray<(AnswerScore Score, AnswerAnalysis Answers)> all = [.. scoring.Known.Select(score => (score, Of(scoring.Choices(store, condition, score), choices, rows)))];
        return all[0].Answers with { ByScore = all };
    }

    public static AnswerAnalysis Of(ImmutableArray<int> said, ImmutableArray<string> choices, LabeledRows rows) =>
        new(said, [.. said.Zip(rows.Labels, (choice, label) => choice != AnswerMatch.None && choices[choice] == rows.Classes[label])]);

    /// <param name="rows">The rows.</param>
    /// <param name="bootstrap">Draws pictures of the test rows.</param>
    /// <param name="questions">The ways of asking.</param>
    /// <param name="asked">For every row its way of asking.</param>
    public AnswerResult Result(LabeledRows rows, ClusterBootstrap bootstrap, ImmutableArray<string> questions, ImmutableArray<int> asked) => Result(rows, bootstrap) with
    {
        // Rows are dropped one by one, so a small test part may have none that was asked in some way.
        Questions = questions.Length < 2 ? [] : [.. rows.Test.GroupBy(row => asked[row]).OrderBy(group => group.Key).Select(group => ToQuestion(questions[group.Key], [.. group], rows, bootstrap))],
    };

    public AnswerResult Result(LabeledRows rows, ClusterBootstrap bootstrap)
    {
        var test = TestHits(rows);
        var (low, high) = bootstrap.Interval(test);
        var (wilsonLow, wilsonHigh) = WilsonInterval.Of(test.Count(hit => hit > 0), test.Length);
        return new AnswerResult
        {
            Accuracy = Right.Average(right => right ? 1.0 : 0),
            TestAccuracy = test.Average(),
            Rows = Right.Length,
            Low = low,
            High = high,
            WilsonLow = wilsonLow,
            WilsonHigh = wilsonHigh,
            Scores = [.. ByScore.Select(one => one.Answers.Scored(one.Score, rows, bootstrap))],
        };
    }

    private ScoredAnswers Scored(AnswerScore score, LabeledRows rows, ClusterBootstrap bootstrap)
    {
        var test = TestHits(rows);
        var (low, high) = bootstrap.Interval(test);
        return new ScoredAnswers(AnswerScoreText.Write(score), test.Average(), low, high);
    }

    private QuestionAnswers ToQuestion(string question, ImmutableArray<int> test, LabeledRows rows, ClusterBootstrap bootstrap)
    {
        double[] hits = [.. test.Select(row => Right[row] ? 1.0 : 0)];
        var (low, high) = bootstrap.Over([.. test.Select(row => rows.Images[row])]).Interval(hits);
        return new QuestionAnswers(question, test.Length, hits.Average(), low, high);
    }

    /// <summary>1 for every test row that was answered rightly, in the order of <see cref="LabeledRows.Test"/>.</summary>
    public double[] TestHits(LabeledRows rows) => [.. rows.Test.Select(row => Right[row] ? 1.0 : 0)];
}
