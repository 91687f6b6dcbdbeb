using System.Collections.Immutable;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Training;

/// <summary>Fits the probes that validation rows have chosen once more, on training and validation rows together, standardised on both.</summary>
internal static class Refit
{
    /// <param name="features">A vector a row.</param>
    /// <param name="split">The split.</param>
    /// <param name="tasks">For every task the label of every row.</param>
    /// <param name="classCount">Number of classes of every task.</param>
    /// <param name="chosen">For every task what was chosen on the split.</param>
    /// <param name="trainer">What fits.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <returns>The same sweeps, whose chosen probes have seen the validation rows; accuracies on those stay what they were before.</returns>
    public static ImmutableArray<TaskSweep> Run(
        FeatureMatrix features, RowSplit split, ImmutableArray<ImmutableArray<int>> tasks, int classCount, ImmutableArray<TaskSweep> chosen, IProbeTrainer trainer, CancellationToken cancellation)
    {
        ImmutableArray<int> rows = [.. split.Train.Concat(split.Validation).Order()];
        var standardization = Standardization.Of(features, rows);
        var problems = tasks.Zip(chosen).SelectMany(task => new[] { task.Second.Best.L2, task.Second.Likeliest.L2 }.Distinct().Select(l2 =>
            (Labels: task.First, Problem: new ProbeProblem([.. rows.Select(row => task.First[row])], classCount, l2)))).ToArray();
        var fitted = trainer.Fit([new TrainingSet(standardization.Apply(features, rows), rows.Length, [.. problems.Select(problem => problem.Problem)])], cancellation)[0];
        var test = standardization.Apply(features, split.Test);
        return
        [
            .. tasks.Zip(chosen, (labels, sweep) => sweep with { Best = Again(labels, sweep.Best), Likeliest = Again(labels, sweep.Likeliest) }),
        ];

        FittedProbe Again(ImmutableArray<int> labels, FittedProbe probe)
        {
            var weights = fitted[Array.FindIndex(problems, problem => problem.Labels == labels && problem.Problem.L2 == probe.L2)];
            var probabilities = weights.Probabilities(test, split.Test.Length);
            var predictions = LinearWeights.Predictions(probabilities);
            return probe with
            {
                Weights = weights,
                Standardization = standardization,
                TestAccuracy = ClassificationMetrics.Accuracy([.. split.Test.Select(row => labels[row])], predictions),
                TestPredictions = predictions,
                TestProbabilities = probabilities,
            };
        }
    }
}
