using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Documents;

/// <summary>Every probe, and what the best ones confuse.</summary>
internal static class SiteSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (ReportChart.Heatmap.HasData(results))
        {
            yield return new Heading(2, "Every site under every condition");
            yield return new ChartBlock(
                ReportChart.Heatmap,
                "Table in colours: test accuracy by site and condition, the model's answers in the last row.",
                "Test accuracy of the probe at every site, and of the model's answers.");
            yield return new Folded("Probes in numbers", Probes(results));
        }

        if (ReportChart.Confusions.HasData(results))
        {
            yield return new Heading(2, "Confusions");
            yield return new ChartBlock(
                ReportChart.Confusions,
                "Confusion matrices of the probe at the best site, one a condition: rows are labels, columns predictions.",
                "Test rows by label and prediction, at the site with the best validation accuracy under each condition; "
                + "colours are shares of the label's rows.");
        }
    }

    private static TableBlock Probes(ExperimentResults results) => new(
        "Probes by condition and site",
        [
            new("condition", false), new("site", false), new("L2", true), new("validation", true), new("test", true), new("interval", true),
            new("control", true), new("macro F1", true), new("log loss", true),
        ],
        [
            .. from pair in results.Conditions
               from probe in pair.Value.Probes
               select new[]
               {
                   pair.Key, probe.OnPath ? probe.Site : $"{probe.Site} (off path)", Shown.Penalty(probe.L2), Shown.Share(probe.ValidationAccuracy),
                   Shown.Share(probe.TestAccuracy), Shown.Interval(probe.Low, probe.High), Shown.Share(probe.ControlAccuracy), Shown.Share(probe.MacroF1),
                   Shown.Share(probe.LogLoss),
               }.ToImmutableArray(),
        ]);
}
