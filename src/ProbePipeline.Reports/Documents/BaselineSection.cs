using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What somebody reaches who sees less than the states.</summary>
internal static class BaselineSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        var pixels = results.Baselines.Pixels;
        yield return new Heading(2, "Baselines");
        yield return new TableBlock(
            "Test accuracy of somebody who sees less than the model's states",
            [new("baseline", false), new("test", true), new("interval", true)],
            [
                ["chance: one in the number of classes", Shown.Share(results.Baselines.Chance), "–"],
                ["majority: always the class most frequent in training", Shown.Share(results.Baselines.Majority), "–"],
                [
                    $"a probe on the region's raw pixels (L2 {Shown.Penalty(pixels.L2)})", Shown.Share(pixels.TestAccuracy),
                    Shown.Interval(pixels.Low, pixels.High),
                ],
                .. Labels(results.Baselines),
                .. results.Baselines.RandomFeatures.Select(random => (ImmutableArray<string>)
                [
                    $"a probe on {Shown.Count(random.Width)} random numbers a row", Shown.Share(random.Probe.TestAccuracy), Shown.Interval(random.Probe.Low, random.Probe.High),
                ]),
                .. results.Baselines.ZeroShot is { } named
                    ? [[$"CLIP names the region ({named.Model}: \"{named.Template}\")", Shown.Share(named.TestAccuracy), Shown.Interval(named.Low, named.High)]]
                    : Array.Empty<ImmutableArray<string>>(),
            ]);
        if (results.Baselines.ZeroShot is not null)
        {
            yield return new Paragraph("CLIP saw the region cut out of its picture and chose the class whose description lies nearest; nothing was trained on these rows, so it may know the classes by other names.");
        }

        if (!results.Baselines.RandomFeatures.IsEmpty)
        {
            yield return new Paragraph("Random numbers say nothing about their rows: what a probe of the sites' width finds in them is chance. An accuracy that is no higher is no finding.");
        }

        if (results.Baselines.OtherLabels is not null)
        {
            yield return new Paragraph(
                "The probe on other labels is told the values of these fields, as annotated, and nothing else. How to read it: what it reaches, the labels of a row give away about each other; a probe on "
                + "states that reaches no more may read those labels in place of the target.");
        }

        foreach (var block in UntrainedSection.Of(results))
        {
            yield return block;
        }

        if (results.Probes().Any(probe => probe.ControlAccuracy is not null))
        {
            yield return new Paragraph(
                "The control task gives every type of row one random label for good (Hewitt and Liang 2019, arXiv 1909.03368); "
                + "what a probe reaches on it, it has learned by heart. Selectivity is the accuracy less that of the control."
                + (results.Probes().Any(probe => probe.ControlDeviation is not null)
                    ? " Control accuracies are means over several such labellings, with their standard deviation."
                    : ""));
        }
    }

    private static ImmutableArray<ImmutableArray<string>> Labels(Baselines baselines) => baselines.OtherLabels is { } labels
        ? [[$"a probe on other labels of the row ({string.Join(", ", labels.Fields)})", Shown.Share(labels.Probe.TestAccuracy), Shown.Interval(labels.Probe.Low, labels.Probe.High)]]
        : [];
}
