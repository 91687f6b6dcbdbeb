namespace ProbePipeline.Probes.Statistics;

/// <summary>
/// 95 % percentile intervals of means over rows, by resampling whole pictures with replacement: rows of one picture are alike, so rows are not
/// resampled one by one (Field and Welsh 2007, "Bootstrapping clustered data"). The same draws serve everything over the same pictures, so that
/// differences are paired. They hold a byte a resample and picture.
/// </summary>
public sealed class ClusterBootstrap
{
    private readonly int _count;
    private readonly long _seed;
    private readonly ClusterDraws _draws;
    // Rows a resample.
    private readonly double[] _sizes;

    /// <param name="clusters">For every row its picture.</param>
    /// <param name="count">Number of resamples.</param>
    /// <param name="seed">Another seed, other draws.</param>
    public ClusterBootstrap(IReadOnlyCollection<int> clusters, int count, long seed)
    {
        (_count, _seed) = (count, seed);
        var random = new RandomStream(seed, "bootstrap");
        _draws = new ClusterDraws(clusters, count, times =>
        {
            for (var drawn = 0; drawn < times.Length; drawn++)
            {
                // Each is taken once on average: 255 times is out of reach.
                checked
                {
                    times[random.Below(times.Length)]++;
                }
            }
        });
        _sizes = _draws.Sums(_draws.ClusterSums([.. clusters.Select(_ => 1.0)]));
    }

    /// <summary>As many resamples by the same seed of other rows.</summary>
    /// <param name="clusters">For every row its picture.</param>
    public ClusterBootstrap Over(IReadOnlyCollection<int> clusters) => new(clusters, _count, _seed);

    /// <summary>The interval of the mean.</summary>
    /// <param name="values">A number a row.</param>
    /// <exception cref="ProbeException">There is not a number for every row.</exception>
    public (double Low, double High) Interval(IReadOnlyList<double> values) => Interval(means => means[0], values);

    /// <summary>The interval of a number that is made from several means, such as a difference of ratios.</summary>
    /// <param name="statistic">From the means of a resample, in the order of the vectors, to the number.</param>
    /// <param name="vectors">A number a row each.</param>
    /// <exception cref="ProbeException">There is not a number for every row.</exception>
    public (double Low, double High) Interval(Func<double[], double> statistic, params IReadOnlyList<IReadOnlyList<double>> vectors)
    {
        var found = Resampled(statistic, vectors);
        Array.Sort(found);
        return (Quantile(found, 0.025), Quantile(found, 0.975));
    }

    /// <summary>The standard deviation of the mean over resamples.</summary>
    /// <inheritdoc cref="Interval(IReadOnlyList{double})"/>
    public double StandardError(IReadOnlyList<double> values)
    {
        var means = Resampled(means => means[0], values);
        return means.Length == 1 ? 0 : Spread.Deviation(means);
    }

    private double[] Resampled(Func<double[], double> statistic, params IReadOnlyList<IReadOnlyList<double>> vectors)
    {
        double[][] sums = [.. vectors.Select(values => _draws.Sums(_draws.ClusterSums(values)))];
        return [.. _sizes.Select((size, resample) => statistic([.. sums.Select(sum => sum[resample] / size)]))];
    }

    // Linear between order statistics, as numpy.percentile has it by default.
    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
