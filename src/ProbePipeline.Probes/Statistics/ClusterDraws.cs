using System.Numerics.Tensors;

namespace ProbePipeline.Probes.Statistics;

/// <summary>Rows in clusters, and how often each resample takes every cluster: a byte a resample and cluster, 50 MB for 10 000 resamples of 5 000 clusters.</summary>
internal sealed class ClusterDraws
{
    private readonly int[] _clusterOfRow;
    private readonly byte[][] _times;

    /// <param name="clusters">For every row its cluster.</param>
    /// <param name="count">Number of resamples.</param>
    /// <param name="draw">Fills in how often a resample takes every cluster; is called for one resample after another.</param>
    public ClusterDraws(IReadOnlyCollection<int> clusters, int count, Action<byte[]> draw)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var names = clusters.Distinct().Order().Index().ToDictionary(cluster => cluster.Item, cluster => cluster.Index);
        _clusterOfRow = [.. clusters.Select(cluster => names[cluster])];
        ClusterCount = names.Count;
        _times = new byte[count][];
        for (var resample = 0; resample < count; resample++)
        {
            draw(_times[resample] = new byte[ClusterCount]);
        }
    }

    public int ClusterCount { get; }

    /// <summary>Sums of the rows' values cluster by cluster.</summary>
    /// <param name="values">A number a row.</param>
    /// <exception cref="ProbeException">There is not a number for every row.</exception>
    public double[] ClusterSums(IReadOnlyList<double> values)
    {
        if (values.Count != _clusterOfRow.Length)
        {
            throw new ProbeException($"bootstrap: expected a number for each of {_clusterOfRow.Length} rows; found {values.Count}");
        }

        var sums = new double[ClusterCount];
        for (var row = 0; row < _clusterOfRow.Length; row++)
        {
            sums[_clusterOfRow[row]] += values[row];
        }

        return sums;
    }

    /// <summary>For every resample the sum over clusters of times taken x the cluster's sum.</summary>
    /// <param name="clusterSums">A number a cluster.</param>
    public double[] Sums(double[] clusterSums)
    {
        var sums = new double[_times.Length];
        // Resample by resample, each in one order: the same bits on any number of cores. On the scheduler of the caller, which may be one of many that share it.
        Parallel.For(0, sums.Length, new ParallelOptions { TaskScheduler = TaskScheduler.Current }, () => new double[ClusterCount], (resample, _, times) =>
        {
            TensorPrimitives.ConvertTruncating<byte, double>(_times[resample], times);
            sums[resample] = TensorPrimitives.Dot<double>(times, clusterSums);
            return times;
        }, _ => { });
        return sums;
    }
}
