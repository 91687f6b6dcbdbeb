using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What probes find after the target was erased.</summary>
internal static class ErasureSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (results.Erasures.IsEmpty)
        {
            yield break;
        }

        ImmutableArray<ErasureResult> best = [.. results.Erasures.Where(erasure => results.Conditions.GetValueOrDefault(erasure.Condition)?.BestProbe?.Site == erasure.Site)];
        yield return new Heading(2, "Does the probe read what it claims?");
        yield return new Paragraph(
            "At every site the target is erased from the states by the smallest affine change after which no linear classifier finds it in the training rows "
            + "(LEACE: Belrose et al. 2023, arXiv 2306.03819, with shrunk covariance). A new probe, trained on what is left as the first one was, must then be no better than chance: "
            + "it names the class most frequent in training for every row (the majority column). Where it is, the first probe had nothing but the target's own directions to read. "
            + "The check speaks of linear readers alone: what is left may still hold the target in a form that only a non-linear one reads."
            + (results.Erasures[0].Other is { } other ? $" The field {other.Field} was not erased: it should stay about as readable as it was, as far as it does not depend on the target." : ""));
        yield return Table("Test accuracy before and after erasing the target, at every condition's best site", best);
        yield return new Folded("Erasures at every site", Table("Test accuracy before and after erasing the target", results.Erasures));
    }

    private static TableBlock Table(string caption, ImmutableArray<ErasureResult> erasures)
    {
        var field = erasures.Select(erasure => erasure.Other?.Field).FirstOrDefault(name => name is not null);
        TableColumn[] others = field is null ? [] : [new($"{field} before", true), new($"{field} after", true), new("interval of the difference", true), new($"{field} majority", true)];
        return new TableBlock(
            caption,
            [
                new("condition", false), new("site", false), new("directions", true), new("before", true), new("same probe after", true), new("new probe after", true),
                new("interval", true), new("majority", true), .. others,
            ],
            [.. erasures.Select(erasure => Row(erasure, others.Length))]);
    }

    private static ImmutableArray<string> Row(ErasureResult erasure, int others) =>
    [
        erasure.Condition, erasure.Site, Shown.Count(erasure.Rank), Shown.Share(erasure.Before), Shown.Share(erasure.SameProbe), Shown.Share(erasure.After),
        Shown.Interval(erasure.Low, erasure.High), Shown.Share(erasure.Majority),
        .. erasure.Other is { } other
            ? (string[])[Shown.Share(other.Before), Shown.Share(other.After), Shown.DifferenceInterval(other.Low, other.High), Shown.Share(other.Majority)]
            : [.. Enumerable.Repeat("–", others)],
    ];
}
