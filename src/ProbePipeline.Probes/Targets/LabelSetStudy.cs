using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Targets;

/// <summary>
/// Reads sets of labels by binary relevance: a logistic regression a label, all of them and all penalties in one batch of the study's trainer; a label is
/// said to be there from a probability of one half on.
/// </summary>
/// <param name="Study">Splits, penalties, trainer and intervals.</param>
/// <param name="Target">The labels.</param>
public sealed record LabelSetStudy(ProbeStudy Study, LabelSetTarget Target)
{
    private LabeledRows Rows => Study.Rows;

    /// <summary>The regressions at one site.</summary>
    /// <param name="condition">The condition, for the result.</param>
    /// <param name="site">The site.</param>
    /// <param name="features">A vector a row.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="ProbeException">There is not a vector for every row.</exception>
    public LabelSetResult Run(string condition, ProbeSite site, FeatureMatrix features, CancellationToken cancellation = default)
    {
        if (features.Rows != Target.Present.Length)
        {
            throw new ProbeException($"{site.Site}, target {Target.Name}: expected a vector for each of {Target.Present.Length} rows; found {features.Rows}");
        }

        ImmutableArray<double> penalties = [.. Study.L2.Order()];
        ImmutableArray<StandardizedSplit> splits = [.. Rows.Folds.Select(fold => new StandardizedSplit(features, fold))];
        var fitted = Study.Trainer.Fit([.. splits.Select(split => Problems(split, penalties))], cancellation);
        ImmutableArray<int> best = [.. splits.Zip(fitted, (split, weights) => Best(split, weights, penalties.Length))];
        // A label's probability on every test row, by the fold that tests it.
        double[][] scores = [.. Labels.Select(label => Rows.OutOfFold((_, place) => Positive(fitted[place][(label * penalties.Length) + best[place]], splits[place].Test)).ToArray())];
        bool[][] truth = [.. Labels.Select(label => Rows.Test.Select(row => Target.Present[row][label]).ToArray())];
        bool[][] said = [.. scores.Select(label => label.Select(score => score >= 0.5).ToArray())];
        var (low, high) = Study.Bootstrap.Interval(MacroF1, [.. Labels.SelectMany(label => Counts(truth[label], said[label]))]);
        var right = Rows.Test.Select((_, row) => Labels.All(label => truth[label][row] == said[label][row]) ? 1.0 : 0);
        return new LabelSetResult
        {
            Target = Target.Name,
            Condition = condition,
            Site = site.Site,
            L2 = PenaltySweep.MostChosen(best.Select(place => penalties[place])),
            MacroF1 = Labels.Average(label => F1(truth[label], said[label])),
            Low = low,
            High = high,
            MicroF1 = F1([.. truth.SelectMany(label => label)], [.. said.SelectMany(label => label)]),
            ExactMatch = right.Average(),
            MajorityMacroF1 = Labels.Average(label => F1(truth[label], [.. Rows.OutOfFold((fold, _) => Enumerable.Repeat(MostHave(fold.Train, label), fold.Test.Length))])),
            Labels = [.. Labels.Select(label => OfLabel(label, truth[label], said[label], scores[label]))],
            LeftOut = Target.LeftOut,
        };
    }

    private IEnumerable<int> Labels => Enumerable.Range(0, Target.Labels.Length);

    private bool MostHave(ImmutableArray<int> rows, int label) => 2 * rows.Count(row => Target.Present[row][label]) > rows.Length;

    private LabelResult OfLabel(int label, bool[] truth, bool[] said, double[] scores)
    {
        double RightAmong(bool kind) => truth.Zip(said).Where(row => row.First == kind).Average(row => row.First == row.Second ? 1.0 : 0);
        return new(Target.Labels[label], truth.Average(there => there ? 1.0 : 0), F1(truth, said), (RightAmong(true) + RightAmong(false)) / 2, Ranking.AreaUnderRoc(scores, truth));
    }

    private TrainingSet Problems(StandardizedSplit split, ImmutableArray<double> penalties)
    {
        var train = split.Split.Train;
        return new(split.Train, train.Length, [.. Labels.SelectMany(label => penalties.Select(l2 => new ProbeProblem([.. train.Select(row => Target.Present[row][label] ? 1 : 0)], 2, l2)))]);
    }

    // Penalties ascend, so of equals the larger one is taken.
    private int Best(StandardizedSplit split, ImmutableArray<LinearWeights> weights, int penalties) => Enumerable.Range(0, penalties).MinBy(place =>
        (Labels.Average(label => ClassificationMetrics.LogLoss(
            [.. split.Split.Validation.Select(row => Target.Present[row][label] ? 1 : 0)],
            weights[(label * penalties) + place].Probabilities(split.Validation, split.Split.Validation.Length))), -place));

    private static IEnumerable<double> Positive(LinearWeights weights, float[] features) => weights.Probabilities(features, features.Length / weights.Width).Select(row => row[1]);

    // Right ones, there, said: of their means F1 is made.
    private static IEnumerable<IReadOnlyList<double>> Counts(bool[] truth, bool[] said) =>
        [[.. truth.Zip(said, (there, named) => there && named ? 1.0 : 0)], [.. truth.Select(there => there ? 1.0 : 0)], [.. said.Select(named => named ? 1.0 : 0)]];

    private static double MacroF1(double[] means) => means.Chunk(3).Average(label => F1(label[0], label[1], label[2]));

    private static double F1(bool[] truth, bool[] said) => F1(truth.Zip(said).Count(row => row.First && row.Second), truth.Count(there => there), said.Count(named => named));

    // Where a label is neither there nor said, nothing is wrong, but nothing is found either: 0, as scikit-learn has it.
    private static double F1(double right, double there, double said) => there + said > 0 ? 2 * right / (there + said) : 0;
}
