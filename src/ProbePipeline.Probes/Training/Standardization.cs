using System.Collections.Immutable;

namespace ProbePipeline.Probes.Training;

/// <summary>
/// Every column to mean 0 and standard deviation 1 over the rows that train, in double precision, as scikit-learn's StandardScaler does it (1.9.1):
/// division by n, and a constant column becomes 0.
/// </summary>
public sealed class Standardization
{
    /// <param name="mean">[width]</param>
    /// <param name="deviation">[width], 1 for a constant column.</param>
    public Standardization(ImmutableArray<double> mean, ImmutableArray<double> deviation) => (Mean, Deviation) = (mean, deviation);

    /// <summary>The columns' means, [width].</summary>
    public ImmutableArray<double> Mean { get; }

    /// <summary>The columns' standard deviations, [width]; 1 for a constant column.</summary>
    public ImmutableArray<double> Deviation { get; }

    /// <summary>That of the rows that train.</summary>
    /// <param name="features">The features.</param>
    /// <param name="rows">The rows that train.</param>
    public static Standardization Of(FeatureMatrix features, ImmutableArray<int> rows)
    {
        var mean = new double[features.Width];
        foreach (var row in rows)
        {
            var values = features[row];
            for (var column = 0; column < values.Length; column++)
            {
                mean[column] += values[column];
            }
        }

        for (var column = 0; column < mean.Length; column++)
        {
            mean[column] /= rows.Length;
        }

        var variance = new double[features.Width];
        foreach (var row in rows)
        {
            var values = features[row];
            for (var column = 0; column < values.Length; column++)
            {
                var difference = values[column] - mean[column];
                variance[column] += difference * difference;
            }
        }

        // A double holds the sum of 2^29 equal floats exactly, so the variance of a constant column is 0 and no remainder of rounding.
        return new Standardization([.. mean], [.. variance.Select(sum => sum == 0 ? 1 : Math.Sqrt(sum / rows.Length))]);
    }

    /// <summary>The rows, standardised: [rows.Length, width].</summary>
    /// <param name="features">The features.</param>
    /// <param name="rows">Which of their rows.</param>
    public float[] Apply(FeatureMatrix features, ImmutableArray<int> rows)
    {
        var applied = new float[rows.Length * features.Width];
        var mean = Mean.AsSpan();
        var deviation = Deviation.AsSpan();
        foreach (var (place, row) in rows.Index())
        {
            var values = features[row];
            var target = applied.AsSpan(place * features.Width, features.Width);
            for (var column = 0; column < values.Length; column++)
            {
                // A test row may lie beyond what a float holds; infinity times a weight of 0 would be no number.
                target[column] = (float)Math.Clamp((values[column] - mean[column]) / deviation[column], float.MinValue, float.MaxValue);
            }
        }

        return applied;
    }
}
