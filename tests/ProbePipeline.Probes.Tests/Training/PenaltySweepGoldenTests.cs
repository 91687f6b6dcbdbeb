using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Training;

[Trait("Category", "Golden")]
public sealed class PenaltySweepGoldenTests
{
    [Theory]
    [InlineData("multiclass")]
    [InlineData("multiclass-outliers")]
    [InlineData("binary")]
    [InlineData("wide")]
    public void Run_ScienceProblem_ChoosesAndScoresAsTheReference(string name)
    {
        var problem = new ScienceProblem(name);
        var references = problem.Json.GetProperty("sweep").EnumerateArray().ToArray();
        var split = problem.Split();

        var (best, sweep) = Run(problem, split, [.. references.Select(reference => Number(reference, "l2"))]);

        Assert.Equal(Number(problem.Json, "chosen_l2"), best.L2);
        Assert.Equal(references.Length, sweep.Length);
        foreach (var (reference, point) in references.Zip(sweep))
        {
            // Below 1e-4 probabilities differ by up to 2e-4, so that a row on the border may fall to either side.
            var tolerance = 1e-9 + (point.L2 < 1e-4 ? 1.0 / split.Validation.Length : 0);
            var message = string.Create(CultureInfo.InvariantCulture, $"{point}, expected {reference}");
            Assert.True(Math.Abs(Number(reference, "valid_accuracy") - point.ValidationAccuracy) < tolerance, message);
            Assert.True(Math.Abs(Number(reference, "test_accuracy") - point.TestAccuracy) < tolerance, message);
        }

        var metrics = problem.Json.GetProperty("metrics");
        int[] truth = [.. split.Test.Select(row => problem.Labels[row])];
        Assert.Equal(Number(metrics, "accuracy"), ClassificationMetrics.Accuracy(truth, best.TestPredictions), 1e-9);
        var rows = new LabeledRows([.. Enumerable.Range(0, problem.ClassCount).Select(index => $"class {index}")], problem.Labels, problem.Groups, split);
        Assert.Equal(Number(metrics, "majority_baseline"), rows.MajorityAccuracy, 1e-9);
        Assert.Equal(Number(metrics, "macro_f1"), ClassificationMetrics.MacroF1(truth, best.TestPredictions), 1e-9);
        Assert.Equal(Number(metrics, "log_loss"), ClassificationMetrics.LogLoss(truth, best.TestProbabilities), 1e-4);
        Assert.Equal(
            metrics.GetProperty("confusion").EnumerateArray().Select(row => row.EnumerateArray().Select(count => count.GetInt32())),
            ClassificationMetrics.Confusion(truth, best.TestPredictions, problem.ClassCount).Select(row => row.AsEnumerable()));
    }

    [Theory]
    [InlineData("multiclass")]
    [InlineData("multiclass-outliers")]
    [InlineData("binary")]
    [InlineData("wide")]
    public void Run_EveryPenaltyAlone_HasTheReferencesLogLoss(string name)
    {
        var problem = new ScienceProblem(name);
        var split = problem.Split();
        int[] truth = [.. split.Test.Select(row => problem.Labels[row])];
        foreach (var reference in problem.Json.GetProperty("sweep").EnumerateArray().Where(reference => Number(reference, "l2") >= 1e-4))
        {
            var (only, _) = Run(problem, split, [Number(reference, "l2")]);

            Assert.Equal(Number(reference, "test_log_loss"), ClassificationMetrics.LogLoss(truth, only.TestProbabilities), 1e-3);
        }
    }

    private static (FittedProbe Best, ImmutableArray<SweepPoint> Sweep) Run(ScienceProblem problem, RowSplit split, ImmutableArray<double> penalties)
    {
        var (best, _, sweep) = PenaltySweep.Run(
            [new StandardizedSplit(problem.Features, split)], [problem.Labels], problem.ClassCount, penalties, new LbfgsTrainer(), TestContext.Current.CancellationToken)[0][0];
        return (best, sweep);
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
