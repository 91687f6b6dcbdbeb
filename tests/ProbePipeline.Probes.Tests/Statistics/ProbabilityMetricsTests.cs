using System.Runtime.InteropServices;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Tests.Training;
using ProbePipeline.Testing;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class ProbabilityMetricsTests
{
    private static readonly SafetensorsArrays Arrays = SafetensorsArrays.Read(Goldens.Folder("science", "data.safetensors"));

    [Fact]
    [Trait("Category", "Golden")]
    public void CalibrationError_ScienceCase_IsTheReferences()
    {
        int[] labels = [.. Arrays.Integers("calibration/labels").Select(label => (int)label)];
        double[][] probabilities = [.. MemoryMarshal.Cast<byte, double>(Arrays.Raw("calibration/probabilities")).ToArray().Chunk(4)];

        Assert.Equal(
            ScienceProblem.Whole.GetProperty("calibration").GetProperty("ece_10_equal_width_bins").GetDouble(), ProbabilityMetrics.CalibrationError(labels, probabilities), 1e-12);
    }

    [Fact]
    public void CalibrationError_CertainRows_ShareTheBinOfTheAlmostCertain() =>
        // One of two right where they are sure by 1.95 in all.
        Assert.Equal(0.475, ProbabilityMetrics.CalibrationError([0, 1], [[1, 0], [0.95, 0.05]]), 1e-12);

    [Theory]
    [InlineData("multiclass")]
    [InlineData("multiclass-outliers")]
    [InlineData("binary")]
    [InlineData("wide")]
    [Trait("Category", "Golden")]
    public void Metrics_ScienceProblem_AreScikitLearns(string name)
    {
        var problem = new ScienceProblem(name);
        var metrics = problem.Json.GetProperty("metrics");
        int[] labels = [.. problem.Rows(2).Select(row => problem.Labels[row])];
        double[][] probabilities =
            [.. problem.Probabilities(problem.Json.GetProperty("chosen_l2").GetDouble()).Select(value => (double)value).Chunk(problem.ClassCount)];
        int[] predictions = [.. probabilities.Select(row => Array.IndexOf(row, row.Max()))];

        Assert.Equal(metrics.GetProperty("balanced_accuracy").GetDouble(), ClassificationMetrics.BalancedAccuracy(labels, predictions), 1e-9);
        Assert.Equal(metrics.GetProperty("roc_auc").GetDouble(), ProbabilityMetrics.AreaUnderRoc(labels, probabilities)!.Value, 1e-6);
        if (metrics.TryGetProperty("brier", out var brier))
        {
            Assert.Equal(brier.GetDouble(), ProbabilityMetrics.Brier(labels, probabilities), 1e-6);
        }
    }

    [Fact]
    public void Brier_CertainAndRight_IsZeroAndCertainAndWrongIsTwo()
    {
        Assert.Equal(0, ProbabilityMetrics.Brier([2], [[0, 0, 1]]));
        Assert.Equal(2, ProbabilityMetrics.Brier([1], [[0, 0, 1]]));
        Assert.Equal(1, ProbabilityMetrics.Brier([1], [[1, 0]]));
    }

    [Fact]
    public void AreaUnderRoc_ClassWithoutRows_IsNone() => Assert.Null(ProbabilityMetrics.AreaUnderRoc([0, 1], [[0.5, 0.3, 0.2], [0.2, 0.5, 0.3]]));

    [Fact]
    public void AreaUnderRoc_TwoClasses_GoesByTheSecondsProbability() =>
        // 1 less either is 1: by the first class's probability the rows would be alike.
        Assert.Equal(1, ProbabilityMetrics.AreaUnderRoc([0, 1], [[1, 1e-30], [1, 1e-20]]));
}
