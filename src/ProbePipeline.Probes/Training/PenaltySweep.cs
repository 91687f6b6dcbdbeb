using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Training;

/// <summary>One fit a split, task and penalty; the split's validation rows choose among the penalties.</summary>
internal static class PenaltySweep
{
    /// <param name="splits">The features, split by split.</param>
    /// <param name="tasks">For every task the label of every row.</param>
    /// <param name="classCount">Number of classes of every task.</param>
    /// <param name="penalties">What to choose from.</param>
    /// <param name="trainer">What fits.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <returns>For every split every task's probes.</returns>
    public static ImmutableArray<ImmutableArray<TaskSweep>> Run(
        ImmutableArray<StandardizedSplit> splits, ImmutableArray<ImmutableArray<int>> tasks, int classCount, ImmutableArray<double> penalties, IProbeTrainer trainer, CancellationToken cancellation)
    {
        ImmutableArray<double> ascending = [.. penalties.Order()];
        var fitted = trainer.Fit([.. splits.Select(split => Problems(split, tasks, classCount, ascending))], cancellation);
        return
        [
            .. splits.Zip(fitted, (split, weights) => tasks.Select((labels, task) =>
                Choose(split, labels, ascending, weights.AsSpan(task * ascending.Length, ascending.Length))).ToImmutableArray()),
        ];
    }

    /// <summary>The penalty that most folds chose; of equals the larger.</summary>
    /// <param name="penalties">What every fold chose.</param>
    public static double MostChosen(IEnumerable<double> penalties) =>
        penalties.CountBy(l2 => l2).OrderByDescending(count => count.Value).ThenByDescending(count => count.Key).First().Key;

    private static TrainingSet Problems(StandardizedSplit split, ImmutableArray<ImmutableArray<int>> tasks, int classCount, ImmutableArray<double> penalties)
    {
        var train = split.Split.Train;
        return new(split.Train, train.Length, [.. tasks.SelectMany(labels => penalties.Select(l2 => new ProbeProblem([.. train.Select(row => labels[row])], classCount, l2)))]);
    }

    private static TaskSweep Choose(StandardizedSplit data, ImmutableArray<int> labels, ImmutableArray<double> ascending, ReadOnlySpan<LinearWeights> fitted)
    {
        int[] LabelsOf(ImmutableArray<int> rows) => [.. rows.Select(row => labels[row])];
        var (validation, test) = (LabelsOf(data.Split.Validation), LabelsOf(data.Split.Test));
        var sweep = ImmutableArray.CreateBuilder<SweepPoint>();
        FittedProbe? best = null;
        FittedProbe? likeliest = null;
        foreach (var (place, l2) in ascending.Index())
        {
            var weights = fitted[place];
            var (chosenOn, reported) = (weights.Probabilities(data.Validation, validation.Length), weights.Probabilities(data.Test, test.Length));
            var probe = new FittedProbe(
                l2,
                weights,
                data.Standardization,
                ClassificationMetrics.Accuracy(validation, LinearWeights.Predictions(chosenOn)),
                ClassificationMetrics.LogLoss(validation, chosenOn),
                ClassificationMetrics.Accuracy(test, LinearWeights.Predictions(reported)),
                LinearWeights.Predictions(reported),
                reported);
            sweep.Add(new SweepPoint(l2, probe.ValidationAccuracy, probe.TestAccuracy));
            // Penalties ascend, so of equals the larger one stays.
            best = best is null || probe.ValidationAccuracy >= best.ValidationAccuracy ? probe : best;
            likeliest = likeliest is null || probe.ValidationLogLoss <= likeliest.ValidationLogLoss ? probe : likeliest;
        }

        return new TaskSweep(best!, likeliest!, sweep.ToImmutable());
    }
}
