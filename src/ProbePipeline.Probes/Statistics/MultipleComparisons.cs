using System.Collections.Immutable;

namespace ProbePipeline.Probes.Statistics;

/// <summary>P-values adjusted for their number, in the order in which they were given.</summary>
public static class MultipleComparisons
{
    /// <summary>Family-wise error (Holm 1979): with adjusted values below 0.05, the chance of one false finding or more is below 5 %.</summary>
    /// <param name="pValues">P-values of one family.</param>
    public static ImmutableArray<double> Holm(IReadOnlyList<double> pValues)
    {
        var order = Ascending(pValues);
        var adjusted = new double[pValues.Count];
        var highest = 0.0;
        foreach (var (rank, place) in order.Index())
        {
            adjusted[place] = highest = Math.Max(highest, Math.Min(1, pValues[place] * (pValues.Count - rank)));
        }

        return [.. adjusted];
    }

    /// <summary>False discovery rate (Benjamini and Hochberg 1995): of the findings with adjusted values below 0.05, 5 % are false on average.</summary>
    /// <param name="pValues">P-values of one family.</param>
    public static ImmutableArray<double> BenjaminiHochberg(IReadOnlyList<double> pValues)
    {
        var order = Ascending(pValues);
        var adjusted = new double[pValues.Count];
        var lowest = 1.0;
        for (var rank = order.Length; rank > 0; rank--)
        {
            var place = order[rank - 1];
            adjusted[place] = lowest = Math.Min(lowest, pValues[place] * pValues.Count / rank);
        }

        return [.. adjusted];
    }

    private static int[] Ascending(IReadOnlyList<double> pValues) => [.. Enumerable.Range(0, pValues.Count).OrderBy(place => pValues[place])];
}
