using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Analysis;

/// <summary>The logit lens under one condition, summed up over rows.</summary>
internal static class LensAnalysis
{
    public static ImmutableArray<LensResult> Of(FeatureStore store, string condition)
    {
        var layers = store.Manifest.Column("lens.rank").Width;
        var (own, other) = (store.Read<int>(condition, "lens.rank"), store.Read<int>(condition, "lens.other_rank"));
        return
        [
            .. Enumerable.Range(0, layers).Select(layer =>
            {
                var (ranks, otherRanks) = (OfLayer(own, layers, layer), OfLayer(other, layers, layer));
                return new LensResult
                {
                    Layer = layer,
                    MedianRank = Median(ranks),
                    Top1 = Top1(ranks),
                    MeanReciprocalRank = MeanReciprocal(ranks),
                    OtherMedianRank = Median(otherRanks),
                    OtherTop1 = Top1(otherRanks),
                    OtherMeanReciprocalRank = MeanReciprocal(otherRanks),
                };
            }),
        ];
    }

    // [rows, layers] -> [rows], ascending
    private static int[] OfLayer(int[] ranks, int layers, int layer) => [.. ranks.Where((_, index) => index % layers == layer).Order()];

    private static double Median(int[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;

    private static double Top1(int[] ranks) => ranks.Average(rank => rank == 0 ? 1.0 : 0);

    private static double MeanReciprocal(int[] ranks) => ranks.Average(rank => 1.0 / (1 + rank));
}
