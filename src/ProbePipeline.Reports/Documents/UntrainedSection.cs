using System.Collections.Immutable;
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
        yield return new TableBlock(
            "Test accuracy of probes on the model's states and on an untrained network's",
            [
                new("site", false), new("model", true), new("interval", true), new("untrained", true), new("interval", true), new("difference", true), new("interval", true),
                new("p, Holm", true),
            ],
            [.. random.Probes.Select(probe => Row(trained[probe.Site], probe, differences.GetValueOrDefault(probe.Site)))]);
    }

    private static ImmutableArray<string> Row(ProbeResult trained, ProbeResult untrained, Comparison? difference) =>
    [
        trained.Site, Shown.Share(trained.TestAccuracy), Shown.Interval(trained.Low, trained.High), Shown.Share(untrained.TestAccuracy), Shown.Interval(untrained.Low, untrained.High),
        difference is null ? "–" : Shown.Difference(difference.Difference), difference is null ? "–" : Shown.DifferenceInterval(difference.Low, difference.High),
        Shown.Probability(difference?.Tests?.Holm),
    ];
}
