namespace ProbePipeline.Probes.Statistics;

/// <summary>Statistics of order.</summary>
internal static class Ranking
{
    /// <summary>Ranks from 1; equal values share the mean of their ranks.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(place => values[place])];
        var ranks = new double[values.Count];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
            {
                end++;
            }

            foreach (var place in order[start..end])
            {
                ranks[place] = (start + 1 + end) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    /// <summary>Spearman's rank correlation (1904): the correlation of the ranks; not a number where one side is constant.</summary>
    public static double Spearman(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (ranks, others) = (Ranks(one), Ranks(other));
        var centre = (ranks.Length + 1) / 2.0;
        double Product(double[] left, double[] right) => left.Zip(right, (a, b) => (a - centre) * (b - centre)).Sum();
        return Product(ranks, others) / Math.Sqrt(Product(ranks, ranks) * Product(others, others));
    }

    /// <summary>
    /// Area under the ROC curve: the share of pairs of a positive and a negative row in which the positive one scores higher, equal scores counting half
    /// (Hanley and McNeil 1982). Not a number where one kind is missing.
    /// </summary>
    /// <param name="scores">A score a row.</param>
    /// <param name="isPositive">For every row whether it is positive.</param>
    public static double AreaUnderRoc(IReadOnlyList<double> scores, IReadOnlyList<bool> isPositive)
    {
        var ranks = Ranks(scores);
        double positives = isPositive.Count(positive => positive);
        var negatives = scores.Count - positives;
        return (ranks.Where((_, row) => isPositive[row]).Sum() - (positives * (positives + 1) / 2)) / (positives * negatives);
    }
}
