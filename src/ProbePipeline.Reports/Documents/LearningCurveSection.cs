using System.Collections.Immutable;
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
        yield return new Folded("Training sizes in numbers", new TableBlock(
            "Test accuracy by training size",
            [new("condition", false), new("site", false), new("share", true), new("pictures", true), new("L2", true), new("validation", true), new("test", true), new("interval", true)],
            [
                .. from pair in results.Conditions
                   from probe in pair.Value.Probes
                   from point in probe.LearningCurve
                   select new[]
                   {
                       pair.Key, probe.Site, Shown.Share(point.Share), Shown.Rank(point.Images), Shown.Penalty(point.L2), Shown.Share(point.ValidationAccuracy),
                       Shown.Share(point.TestAccuracy), Shown.Interval(point.Low, point.High),
                   }.ToImmutableArray(),
            ]));
    }
}
