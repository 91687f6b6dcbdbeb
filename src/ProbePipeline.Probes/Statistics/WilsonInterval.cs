namespace ProbePipeline.Probes.Statistics;

/// <summary>The 95 % score interval of a share of independent trials (Wilson 1927, "Probable inference, the law of succession, and statistical inference").</summary>
public static class WilsonInterval
{
    /// <summary>The interval of hits / count.</summary>
    /// <param name="hits">Successes.</param>
    /// <param name="count">Trials, at least one; where they come in clusters, use <see cref="ClusterBootstrap"/>.</param>
    public static (double Low, double High) Of(int hits, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, count);
        const double Squared = NormalQuantiles.TwoSided95 * NormalQuantiles.TwoSided95;
        var share = (double)hits / count;
        var centre = (share + (Squared / (2 * count))) / (1 + (Squared / count));
        var half = NormalQuantiles.TwoSided95 / (1 + (Squared / count)) * Math.Sqrt((share * (1 - share) / count) + (Squared / (4.0 * count * count)));
        // The ends are exact where nothing or everything hit; rounding must not take them away.
        return (hits == 0 ? 0 : centre - half, hits == count ? 1 : centre + half);
    }
}
