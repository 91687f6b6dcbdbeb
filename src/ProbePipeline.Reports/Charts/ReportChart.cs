using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Charts;

/// <summary>A chart of the report.</summary>
/// <param name="Name">Its file name without ending.</param>
/// <param name="HasData">Whether there is something to draw.</param>
/// <param name="Draw">Draws it in a theme's colours.</param>
internal sealed record ReportChart(string Name, Func<ExperimentResults, bool> HasData, Func<ExperimentResults, ChartTheme, Figure> Draw)
{
    /// <summary>Decodability by layer beside end-task accuracy.</summary>
    public static ReportChart Decodability { get; } = new("chart", HasAccuracies, DecodabilityChart.Draw);

    /// <summary>The logit lens.</summary>
    public static ReportChart Lens { get; } = new("lens", results => results.Conditions.Values.Any(condition => !condition.Lens.IsEmpty), LensChart.Draw);

    /// <summary>Differences between conditions.</summary>
    public static ReportChart Differences { get; } = new(
        "differences", results => results.Comparisons.Any(comparison => results.Conditions.ContainsKey(comparison.Condition)), DifferenceChart.Draw);

    /// <summary>Accuracy by site and condition.</summary>
    public static ReportChart Heatmap { get; } = new("heatmap", HasAccuracies, HeatmapChart.Draw);

    /// <summary>Predictions against labels.</summary>
    public static ReportChart Confusions { get; } = new("confusion", results => !results.Confusions.IsEmpty, ConfusionChart.Draw);

    /// <summary>Blocks in sliding windows of layers.</summary>
    public static ReportChart Sweeps { get; } = new("windows", results => results.Sweeps.Any(), SweepChart.Draw);

    /// <summary>Probes of the first condition on other conditions' states, and how alike those are.</summary>
    public static ReportChart Transfer { get; } = new("transfer", TransferChart.HasData, TransferChart.Draw);

    /// <summary>Probes of every condition on the states of every other.</summary>
    public static ReportChart TransferMatrix { get; } = new("transfer-matrix", results => results.CrossCondition?.MatrixSites.IsEmpty == false, TransferMatrixChart.Draw);

    /// <summary>Accuracy by training size.</summary>
    public static ReportChart LearningCurve { get; } = new("learning-curve", LearningCurveChart.HasData, LearningCurveChart.Draw);

    /// <summary>Usable information and compression by site.</summary>
    public static ReportChart Information { get; } = new("information", InformationChart.HasData, InformationChart.Draw);

    /// <summary>Every chart, in the order of the report.</summary>
    public static ImmutableArray<ReportChart> All { get; } = [Decodability, Lens, Differences, Sweeps, Transfer, TransferMatrix, Heatmap, Confusions, LearningCurve, Information];

    private static bool HasAccuracies(ExperimentResults results) =>
        results.Conditions.Values.Any(condition => condition.Answer is not null || !condition.Probes.IsEmpty);
}
