using System.Collections.Immutable;
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
        yield return new Folded("Steps in numbers", new TableBlock(
            "Differences of test accuracies between neighbouring sites",
            [
                new("condition", false), new("site", false), new("less", false), new("difference", true), new("interval", true), new("p, sign flips", true), new("p, Holm", true),
                new("p, Benjamini-Hochberg", true),
            ],
            [
                .. steps.Select(row => new[]
                {
                    row.Condition, row.Step.Site, row.Step.Previous, Shown.Difference(row.Step.Difference), Shown.DifferenceInterval(row.Step.Low, row.Step.High),
                    Shown.Probability(row.Step.Tests.SignFlip), Shown.Probability(row.Step.Tests.Holm), Shown.Probability(row.Step.Tests.BenjaminiHochberg),
                }.ToImmutableArray()),
            ]));
    }
}
