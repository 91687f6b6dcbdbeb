using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>Probes on the states of an untrained network beside the model's.</summary>
internal static class UntrainedSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (results.Baselines.RandomModel is not { } random)
        {
            yield break;
        }

        var trained = results.Conditions[random.Condition].Probes.ToDictionary(probe => probe.Site);
        var differences = random.Differences.ToDictionary(difference => difference.Site!);
        yield return new Heading(3, "The same architecture, untrained");
        yield return new Paragraph(
            $"All rows also went through a network of the same shape whose weights were drawn at random (seed {Shown.Count(random.Seed)}; each matrix with its own mean and standard deviation), "
            + $"under {random.Condition}, and the same probes were trained on its states. How to read the table: what the untrained network's probes find, the architecture passes on from the pixels by "
            + "itself; only what the model's own states hold beyond that was learned. Where the interval of the difference includes 0, training added nothing at that site that a linear probe could show.");
        yield return TableBlock.Of(
            "Test accuracy of probes on the model's states and on an untrained network's",
            random.Probes.Select(probe => (Model: trained[probe.Site], Untrained: probe, Less: differences.GetValueOrDefault(probe.Site))))
            .Text("site", row => row.Model.Site)
            .Number("model", row => Shown.Share(row.Model.TestAccuracy))
            .Number("interval", row => Shown.Interval(row.Model.Low, row.Model.High))
            .Number("untrained", row => Shown.Share(row.Untrained.TestAccuracy))
            .Number("interval", row => Shown.Interval(row.Untrained.Low, row.Untrained.High))
            .Number("difference", row => Shown.Difference(row.Less?.Difference))
            .Number("interval", row => Shown.DifferenceInterval(row.Less?.Low, row.Less?.High))
            .Number("p, Holm", row => Shown.Probability(row.Less?.Tests?.Holm));
    }
}
