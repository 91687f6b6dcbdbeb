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
        yield return new Folded("Lens by condition and layer", TableBlock.Of(
            "Rank of the label, and of another class's label, by decoder layer", results.Conditions.SelectMany(pair => pair.Value.Lens.Select(lens => (Condition: pair.Key, Lens: lens))))
            .Text("condition", row => row.Condition)
            .Number("layer", row => Shown.Count(row.Lens.Layer))
            .Number("median rank", row => Shown.Rank(row.Lens.MedianRank))
            .Number("share at rank 0", row => Shown.Share(row.Lens.Top1))
            .Number("mean reciprocal rank", row => Shown.Share(row.Lens.MeanReciprocalRank))
            .Number("other: median rank", row => Shown.Rank(row.Lens.OtherMedianRank))
            .Number("other: share at rank 0", row => Shown.Share(row.Lens.OtherTop1))
            .Number("other: mean reciprocal rank", row => Shown.Share(row.Lens.OtherMeanReciprocalRank)));
    }
}
