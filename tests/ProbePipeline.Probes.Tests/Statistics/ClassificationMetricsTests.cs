using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class ClassificationMetricsTests
{
    private static readonly int[] Labels = [0, 0, 0, 1, 1, 2];

    private static readonly int[] Predictions = [0, 0, 1, 1, 2, 2];

    [Fact]
    public void Accuracy_FourOfSix_IsTheirShare() => Assert.Equal(4.0 / 6, ClassificationMetrics.Accuracy(Labels, Predictions), 1e-15);

    [Fact]
    public void MacroF1_HandMade_IsTheMeanOverClasses() =>
        // Class 0: 2 * 2 / (3 + 2), class 1: 2 * 1 / (2 + 2), class 2: 2 * 1 / (1 + 2).
        Assert.Equal((0.8 + 0.5 + (2.0 / 3)) / 3, ClassificationMetrics.MacroF1(Labels, Predictions), 1e-15);

    [Fact]
    public void MacroF1_ClassNeitherInLabelsNorPredicted_IsLeftOut() =>
        // Both of the classes that are there, 0 and 7: 2 * 2 / (3 + 2).
        Assert.Equal(0.8, ClassificationMetrics.MacroF1([0, 0, 0, 7, 7], [0, 0, 7, 7, 7]), 1e-15);

    [Theory]
    [InlineData(new[] { 0, 0, 1 }, new[] { 0, 0, 0 })]
    [InlineData(new[] { 0, 0, 0 }, new[] { 0, 0, 1 })]
    public void MacroF1_ClassInLabelsOrPredictedAlone_CountsAsZero(int[] labels, int[] predictions) =>
        Assert.Equal(0.4, ClassificationMetrics.MacroF1(labels, predictions), 1e-15);

    [Fact]
    public void LogLoss_HandMade_IsTheMeanInNats() =>
        Assert.Equal((Math.Log(2) + Math.Log(4) + 0) / 3, ClassificationMetrics.LogLoss([0, 1, 1], [[0.5, 0.5], [0.75, 0.25], [0, 1]]), 1e-15);

    [Fact]
    public void LogLoss_RightClassImpossible_IsInfinite() => Assert.Equal(double.PositiveInfinity, ClassificationMetrics.LogLoss([0, 1], [[1, 0], [1, 0]]));

    [Fact]
    public void Confusion_HandMade_HasLabelsInRows() =>
        Assert.Equal([[2, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 0], [0, 0, 0, 0]], ClassificationMetrics.Confusion(Labels, Predictions, 4));
}
