using System.Collections.Immutable;
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
        yield return new Folded("Windows in numbers", new TableBlock(
            "Test accuracy by window, and its difference from the condition that the sweep is compared with; p by sign flips, adjusted for the windows of a sweep",
            [
                new("window", false), new("cut: queries to keys", false), new("answers", true), new("difference", true), new("interval", true), new("p, Holm", true),
                new("probe", true), new("difference", true), new("interval", true), new("p, Holm", true),
            ],
            [.. results.Sweeps.SelectMany(sweep => sweep.Windows.Select(window => Row(sweep, window)))]));
    }

    private static ImmutableArray<string> Row(LayerSweepResult sweep, LayerWindowResult window) =>
    [
        window.Condition, sweep.Block, Shown.Share(window.Answer?.TestAccuracy), .. Difference(window.AnswerDifference), Shown.Share(window.Probe?.TestAccuracy), .. Difference(window.ProbeDifference),
    ];

    private static string[] Difference(Comparison? difference) =>
        difference is null ? ["–", "–", "–"] : [Shown.Difference(difference.Difference), Shown.DifferenceInterval(difference.Low, difference.High), Shown.Probability(difference.Tests?.Holm)];

    private static string Sites(ExperimentResults results) => string.Join(" and ", results.Sweeps.Select(sweep => sweep.Site ?? "nothing").Distinct());
}
