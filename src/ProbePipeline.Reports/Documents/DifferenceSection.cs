using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Documents;

/// <summary>Differences between conditions on the same rows.</summary>
internal static class DifferenceSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (!ReportChart.Differences.HasData(results))
        {
            yield break;
        }

        yield return new Heading(2, "Differences between conditions");
        yield return new ChartBlock(
            ReportChart.Differences,
            "Differences of test accuracies between conditions with their intervals, for the model's answers and for the probe at every site. "
            + "The table holds the numbers.",
            "Differences on the same test rows with 95 % intervals, by bootstrap over pictures of the paired difference. Each interval stands for itself: "
            + "they are not corrected for their number; the adjusted p-values in the table are. A difference below the smallest detectable one may be there and not be found; a dash stands where no row differs, which says nothing about what would be found.");
        yield return new Folded("Differences in numbers", new TableBlock(
            "Differences of test accuracies",
            [new("condition", false), new("less", false), new("of", false), new("difference", true), new("interval", true), new("p, sign flips", true), new("p, Holm", true),
            new("p, Benjamini-Hochberg", true), new("p, McNemar", true), new("smallest detectable", true)],
            [
                .. results.Comparisons.Concat(results.Additions).Select(comparison => new[]
                {
                    comparison.Condition, comparison.Against, comparison.Site ?? "answers", Shown.Difference(comparison.Difference),
                    Shown.DifferenceInterval(comparison.Low, comparison.High), Shown.Probability(comparison.Tests?.SignFlip), Shown.Probability(comparison.Tests?.Holm),
                    Shown.Probability(comparison.Tests?.BenjaminiHochberg), Shown.Probability(comparison.Tests?.McNemar), Shown.Share(comparison.Tests?.SmallestDetectable),
                }.ToImmutableArray()),
            ]));
    }
}
