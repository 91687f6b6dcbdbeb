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
        return TableBlock.Of(caption, erasures)
            .Text("condition", row => row.Condition)
            .Text("site", row => row.Site)
            .Number("directions", row => Shown.Count(row.Rank))
            .Number("before", row => Shown.Share(row.Before))
            .Number("same probe after", row => Shown.Share(row.SameProbe))
            .Number("new probe after", row => Shown.Share(row.After))
            .Number("interval", row => Shown.Interval(row.Low, row.High))
            .Number("majority", row => Shown.Share(row.Majority))
            .When(field is not null, table => table
                .Number($"{field} before", row => Shown.Share(row.Other?.Before))
                .Number($"{field} after", row => Shown.Share(row.Other?.After))
                .Number("interval of the difference", row => Shown.DifferenceInterval(row.Other?.Low, row.Other?.High))
                .Number($"{field} majority", row => Shown.Share(row.Other?.Majority)));
    }
}
