using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Documents;

/// <summary>Accuracy by training size.</summary>
internal static class LearningCurveSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (!ReportChart.LearningCurve.HasData(results))
        {
            yield break;
        }

        yield return new Heading(2, "Accuracy by training size");
        yield return new ChartBlock(
            ReportChart.LearningCurve,
            "Line chart of test accuracy by number of training pictures, one line a condition, with intervals. The table holds the numbers.",
            "The probe at the best site of every condition, trained on growing parts of the training pictures and tested on the same rows. How to read it: where a line still rises at its end, "
            + "more pictures would read more, and its accuracy is a lower bound; where it is flat from early on, the information lies open. Bars: 95 % intervals, bootstrap over pictures.");
        yield return new Folded("Training sizes in numbers", TableBlock.Of(
            "Test accuracy by training size", results.ProbesByCondition().SelectMany(row => row.Probe.LearningCurve.Select(point => (row.Condition, row.Probe.Site, Point: point))))
            .Text("condition", row => row.Condition)
            .Text("site", row => row.Site)
            .Number("share", row => Shown.Share(row.Point.Share))
            .Number("pictures", row => Shown.Rank(row.Point.Images))
            .Number("L2", row => Shown.Penalty(row.Point.L2))
            .Number("validation", row => Shown.Share(row.Point.ValidationAccuracy))
            .Number("test", row => Shown.Share(row.Point.TestAccuracy))
            .Number("interval", row => Shown.Interval(row.Point.Low, row.Point.High)));
    }
}
