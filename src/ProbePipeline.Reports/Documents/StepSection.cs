using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>Where along the network a fact becomes readable, or is lost.</summary>
internal static class StepSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        (string Condition, SiteStep Step)[] steps = [.. results.Conditions.SelectMany(pair => pair.Value.Steps.Select(step => (pair.Key, step)))];
        if (steps.Length == 0)
        {
            yield break;
        }

        var clear = steps.Count(row => row.Step.Tests.Holm < 0.05);
        yield return new Heading(2, "From site to site");
        yield return new Paragraph(
            $"What the probe gains or loses from each site to the next, on the same test rows. {Shown.Counted(clear, "step is", "steps are")} clear of chance after Holm's correction "
            + $"for the sites of a condition (adjusted p below 0.05), of {Shown.Count(steps.Length)}.");
        yield return new Folded("Steps in numbers", TableBlock.Of("Differences of test accuracies between neighbouring sites", steps)
            .Text("condition", row => row.Condition)
            .Text("site", row => row.Step.Site)
            .Text("less", row => row.Step.Previous)
            .Number("difference", row => Shown.Difference(row.Step.Difference))
            .Number("interval", row => Shown.DifferenceInterval(row.Step.Low, row.Step.High))
            .Number("p, sign flips", row => Shown.Probability(row.Step.Tests.SignFlip))
            .Number("p, Holm", row => Shown.Probability(row.Step.Tests.Holm))
            .Number("p, Benjamini-Hochberg", row => Shown.Probability(row.Step.Tests.BenjaminiHochberg)));
    }
}
