using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What somebody reaches who sees less than the states.</summary>
internal static class BaselineSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        yield return new Heading(2, "Baselines");
        yield return TableBlock.Of("Test accuracy of somebody who sees less than the model's states", Accuracies(results.Baselines))
            .Text("baseline", row => row.Baseline)
            .Number("test", row => Shown.Share(row.Accuracy))
            .Number("interval", row => Shown.Interval(row.Low, row.High));
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
                    : "")
                + (results.Conditions.Values.Any(condition => condition.BestProbe is { Selectivity: < 0 })
                    ? " Where selectivity is negative, the types of row stand more plainly in the states than the classes do, so that a probe learns the types' random labels better than the target. "
                        + "It could store such a mapping under every condition alike: hold the conditions against each other."
                    : ""));
        }
    }

    private static IEnumerable<(string Baseline, double Accuracy, double? Low, double? High)> Accuracies(Baselines baselines)
    {
        yield return ("chance: one in the number of classes", baselines.Chance, null, null);
        yield return ("majority: always the class most frequent in training", baselines.Majority, null, null);
        if (baselines.Pixels is { } pixels)
        {
            yield return Of($"a probe on the region's raw pixels (L2 {Shown.Penalty(pixels.L2)})", pixels);
        }

        if (baselines.OtherLabels is { } labels)
        {
            yield return Of($"a probe on other labels of the row ({string.Join(", ", labels.Fields)})", labels.Probe);
        }

        foreach (var random in baselines.RandomFeatures)
        {
            yield return Of($"a probe on {Shown.Count(random.Width)} random numbers a row", random.Probe);
        }

        if (baselines.ZeroShot is { } named)
        {
            yield return ($"CLIP names the region ({named.Model}: \"{named.Template}\")", named.TestAccuracy, named.Low, named.High);
        }

        static (string, double, double?, double?) Of(string baseline, ProbeResult probe) => (baseline, probe.TestAccuracy, probe.Low, probe.High);
    }
}
