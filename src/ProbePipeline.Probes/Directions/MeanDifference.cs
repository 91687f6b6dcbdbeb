using System.Collections.Immutable;

namespace ProbePipeline.Probes.Directions;

/// <summary>Where the rows of a class lie, seen from the mean of all.</summary>
public static class MeanDifference
{
    /// <summary>For every class its mean less the mean of all rows, in the units of the features: [classes, width], row-major. The difference of two is the way from one class to the other.</summary>
    /// <param name="features">A vector a row.</param>
    /// <param name="rows">The rows to take means of: those that train.</param>
    /// <param name="labels">For every row of the features the index of its class.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <exception cref="ProbeException">A class has none of the rows.</exception>
    public static ImmutableArray<float> Of(FeatureMatrix features, ImmutableArray<int> rows, ImmutableArray<int> labels, int classCount)
    {
        var all = Mean(features, rows);
        return
        [
            .. Enumerable.Range(0, classCount).SelectMany(index =>
            {
                ImmutableArray<int> members = [.. rows.Where(row => labels[row] == index)];
                return members.IsEmpty
                    ? throw new ProbeException($"mean differences: expected rows of every class; found none of class {index}")
                    : Mean(features, members).Zip(all, (own, common) => (float)(own - common));
            }),
        ];
    }

    private static double[] Mean(FeatureMatrix features, ImmutableArray<int> rows)
    {
        var mean = new double[features.Width];
        foreach (var row in rows)
        {
            var values = features[row];
            for (var column = 0; column < mean.Length; column++)
            {
                mean[column] += values[column] / (double)rows.Length;
            }
        }

        return mean;
    }
}
