using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Protocols;

/// <summary>
/// One task's probes over all folds: every row's prediction comes from the probe of the fold that tests it, which has seen nothing of its picture.
/// With one split these are simply that split's figures.
/// </summary>
internal sealed class OutOfFold
{
    private readonly ImmutableArray<RowSplit> _splits;

    public OutOfFold(ImmutableArray<RowSplit> splits, ImmutableArray<TaskSweep> folds)
    {
        (_splits, Folds) = (splits, folds);
        Predictions = InRowOrder(fold => fold.Best.TestPredictions);
        Probabilities = InRowOrder(fold => fold.Best.TestProbabilities);
        LikeliestProbabilities = InRowOrder(fold => fold.Likeliest.TestProbabilities);
    }

    /// <summary>Fold by fold.</summary>
    public ImmutableArray<TaskSweep> Folds { get; }

    /// <summary>For every row that a fold tests, ascending, the index of the predicted class.</summary>
    public ImmutableArray<int> Predictions { get; }

    /// <summary>For every such row the probability of every class.</summary>
    public ImmutableArray<double[]> Probabilities { get; }

    /// <summary>The same of the probes with the least validation log loss.</summary>
    public ImmutableArray<double[]> LikeliestProbabilities { get; }

    /// <summary>The penalty that most folds chose; of equals the larger.</summary>
    public double L2 => PenaltySweep.MostChosen(Folds.Select(fold => fold.Best.L2));

    public double ValidationAccuracy => OverRows(split => split.Validation.Length, fold => fold.Best.ValidationAccuracy);

    public double TestAccuracy => OverRows(split => split.Test.Length, fold => fold.Best.TestAccuracy);

    /// <summary>Every penalty over all folds, ascending.</summary>
    public ImmutableArray<SweepPoint> Sweep =>
    [
        .. Folds[0].Sweep.Select((point, place) => new SweepPoint(
            point.L2,
            OverRows(split => split.Validation.Length, fold => fold.Sweep[place].ValidationAccuracy),
            OverRows(split => split.Test.Length, fold => fold.Sweep[place].TestAccuracy))),
    ];

    // Accuracies are hits in rows: counted again, so that one fold's share comes out to the last digit.
    private double OverRows(Func<RowSplit, int> rows, Func<TaskSweep, double> accuracy) =>
        _splits.Zip(Folds, (split, fold) => Math.Round(accuracy(fold) * rows(split))).Sum() / _splits.Sum(rows);

    private ImmutableArray<T> InRowOrder<T>(Func<TaskSweep, IEnumerable<T>> values) =>
        RowSplit.InRowOrder(_splits, (_, place) => values(Folds[place]));
}
