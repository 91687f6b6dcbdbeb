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
        yield return new Folded("Differences in numbers", TableBlock.Of("Differences of test accuracies", results.Comparisons.Concat(results.Additions))
            .Text("condition", row => row.Condition)
            .Text("less", row => row.Against)
            .Text("of", row => row.Site ?? "answers")
            .Number("difference", row => Shown.Difference(row.Difference))
            .Number("interval", row => Shown.DifferenceInterval(row.Low, row.High))
            .Number("p, sign flips", row => Shown.Probability(row.Tests?.SignFlip))
            .Number("p, Holm", row => Shown.Probability(row.Tests?.Holm))
            .Number("p, Benjamini-Hochberg", row => Shown.Probability(row.Tests?.BenjaminiHochberg))
            .Number("p, McNemar", row => Shown.Probability(row.Tests?.McNemar))
            .Number("smallest detectable", row => Shown.Share(row.Tests?.SmallestDetectable)));
    }
}
