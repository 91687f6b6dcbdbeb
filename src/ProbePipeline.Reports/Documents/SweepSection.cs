using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Documents;

/// <summary>In which layers a block matters.</summary>
internal static class SweepSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (!ReportChart.Sweeps.HasData(results))
        {
            yield break;
        }

        yield return new Heading(2, "In which layers it matters");
        yield return new ChartBlock(
            ReportChart.Sweeps,
            $"Line charts of test accuracy by window of layers for {string.Join(", ", results.Sweeps.Select(sweep => $"{sweep.Name} ({sweep.Block})"))}: the model's answers and a probe. The table holds the numbers.",
            "How to read this: a block holds in a few neighbouring layers alone, and the window slides from the first layer to the last. Where a line falls below its dotted one, "
            + $"which is its value under {results.Sweeps[0].Against}, those layers are needed; bars are 95 % intervals by bootstrap over pictures. The probe reads {Sites(results)}, the last captured site on the "
            + "way to the answer, and is trained anew under every window. Windows that change little may still do together what each does alone: a model can do the same in other layers.");
        yield return new Folded("Windows in numbers", TableBlock.Of(
            "Test accuracy by window, and its difference from the condition that the sweep is compared with; p by sign flips, adjusted for the windows of a sweep",
            results.Sweeps.SelectMany(sweep => sweep.Windows.Select(window => (Sweep: sweep, Window: window))))
            .Text("window", row => row.Window.Condition)
            .Text("cut: queries to keys", row => row.Sweep.Block)
            .Number("answers", row => Shown.Share(row.Window.Answer?.TestAccuracy))
            .Number("difference", row => Shown.Difference(row.Window.AnswerDifference?.Difference))
            .Number("interval", row => Shown.DifferenceInterval(row.Window.AnswerDifference?.Low, row.Window.AnswerDifference?.High))
            .Number("p, Holm", row => Shown.Probability(row.Window.AnswerDifference?.Tests?.Holm))
            .Number("probe", row => Shown.Share(row.Window.Probe?.TestAccuracy))
            .Number("difference", row => Shown.Difference(row.Window.ProbeDifference?.Difference))
            .Number("interval", row => Shown.DifferenceInterval(row.Window.ProbeDifference?.Low, row.Window.ProbeDifference?.High))
            .Number("p, Holm", row => Shown.Probability(row.Window.ProbeDifference?.Tests?.Holm)));
    }

    private static string Sites(ExperimentResults results) => string.Join(" and ", results.Sweeps.Select(sweep => sweep.Site ?? "nothing").Distinct());
}
