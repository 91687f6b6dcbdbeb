using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Documents;

/// <summary>The logit lens.</summary>
internal static class LensSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (!ReportChart.Lens.HasData(results))
        {
            yield break;
        }

        yield return new Heading(2, "Logit lens");
        yield return new ChartBlock(
            ReportChart.Lens,
            "Two line charts by decoder layer and condition: the median rank of the label in the vocabulary, and the share of rows with the label at rank 0.",
            "Rank of the label's first token when a layer's state is read through the final norm and the head; "
            + "a row's rank is the best over its region's tokens. Dots: the same for the label of another class on the same tokens.");
        yield return new Folded("Lens by condition and layer", new TableBlock(
            "Rank of the label, and of another class's label, by decoder layer",
            [
                new("condition", false), new("layer", true), new("median rank", true), new("share at rank 0", true), new("mean reciprocal rank", true),
                new("other: median rank", true), new("other: share at rank 0", true), new("other: mean reciprocal rank", true),
            ],
            [
                .. from pair in results.Conditions
                   from lens in pair.Value.Lens
                   select new[]
                   {
                       pair.Key, Shown.Count(lens.Layer), Shown.Rank(lens.MedianRank), Shown.Share(lens.Top1), Shown.Share(lens.MeanReciprocalRank),
                       Shown.Rank(lens.OtherMedianRank), Shown.Share(lens.OtherTop1), Shown.Share(lens.OtherMeanReciprocalRank),
                   }.ToImmutableArray(),
            ]));
    }
}
