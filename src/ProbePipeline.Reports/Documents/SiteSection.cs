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

    private static TableBlock Probes(ExperimentResults results) => TableBlock.Of("Probes by condition and site", results.ProbesByCondition())
        .Text("condition", row => row.Condition)
        .Text("site", row => Shown.Site(row.Probe))
        .Number("L2", row => Shown.Penalty(row.Probe.L2))
        .Number("validation", row => Shown.Share(row.Probe.ValidationAccuracy))
        .Number("test", row => Shown.Share(row.Probe.TestAccuracy))
        .Number("interval", row => Shown.Interval(row.Probe.Low, row.Probe.High))
        .Number("control", row => Shown.Share(row.Probe.ControlAccuracy))
        .Number("macro F1", row => Shown.Share(row.Probe.MacroF1))
        .Number("log loss", row => Shown.Share(row.Probe.LogLoss));
}
