using System.Collections.Immutable;
using System.Numerics.Tensors;
using ProbePipeline.Probes.Directions;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Erasure;

/// <summary>
/// Least-squares concept erasure in closed form (LEACE: Belrose et al. 2023, arXiv 2306.03819, section 4): the affine map after which no linear
/// classifier finds the classes of the rows that it was fitted on, and that changes vectors least. As in concept-erasure 0.2.4, whose defaults these are,
/// the covariance is shrunk to a multiple of the identity by what is best for its number of rows (Bodnar, Gupta and Parolya 2014, arXiv 1308.2608). The
/// erasure is exact nevertheless, whatever the shrinkage; it only decides what counts as a small change.
/// </summary>
public static class Leace
{
    // The correlation of a direction with the classes, below which nothing is there but rounding.
    private const double SmallestPart = 1e-10;

    /// <summary>Fits an eraser. Time and memory are those of the covariance: rows x width² and 8 bytes x width² / 2.</summary>
    /// <param name="features">A vector a row.</param>
    /// <param name="rows">The rows to fit on: those that train.</param>
    /// <param name="labels">For every row of the features the index of its class.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <returns>
    /// The eraser; its rank is at most the number of classes among the rows less one, and 0 where nothing is to be erased: one class alone, or constant
    /// features.
    /// </returns>
    /// <exception cref="ProbeException">There is not a class for every row of the features, or there are fewer than two rows to fit on.</exception>
    public static LinearEraser Fit(FeatureMatrix features, ImmutableArray<int> rows, ImmutableArray<int> labels, int classCount)
    {
        if (labels.Length != features.Rows || rows.Length < 2 || rows.Any(row => labels[row] < 0 || labels[row] >= classCount))
        {
            throw new ProbeException($"LEACE: expected a class from 0 to {classCount - 1} for each of {features.Rows} rows, and two rows to fit on; found {labels.Length} classes and {rows.Length} rows");
        }

        var width = features.Width;
        var exactMean = Standardization.Of(features, rows).Mean;
        ImmutableArray<float> mean = [.. exactMean.Select(value => (float)value)];
        var centred = Centred(features, rows, exactMean);
        var covariance = Shrunk(new RowMatrix(centred, rows.Length).WeightedSquares([.. Enumerable.Repeat(1.0 / rows.Length, rows.Length)])[..width], rows.Length);
        if (covariance is null)
        {
            return new LinearEraser(mean, [], []);
        }

        // With S = L Lᵀ and U a basis of what L⁻¹ Sxz spans, S^½ U' U'ᵀ S^-½ of the theorem is L U Uᵀ L⁻¹: any root of S whitens.
        var factor = CholeskyFactor.Of(covariance);
        var shared = WithClasses(features, rows, exactMean, labels, classCount);
        foreach (var column in shared)
        {
            factor.SolveLower(column);
        }

        var basis = OrthonormalBasis.Of(shared, [], SmallestPart);
        double[][] left = [.. basis.Select(factor.Multiply)];
        foreach (var direction in basis)
        {
            factor.SolveUpper(direction);
        }

        return new LinearEraser(
            mean,
            // [R, D] -> [D, R]
            [.. Enumerable.Range(0, width).SelectMany(column => left.Select(direction => (float)direction[column]))],
            [.. basis.SelectMany(direction => direction.Select(value => (float)value))]);
    }

    private static float[] Centred(FeatureMatrix features, ImmutableArray<int> rows, ImmutableArray<double> mean)
    {
        var centred = new float[rows.Length * features.Width];
        foreach (var (place, row) in rows.Index())
        {
            var values = features[row];
            for (var column = 0; column < values.Length; column++)
            {
                centred[(place * features.Width) + column] = (float)(values[column] - mean[column]);
            }
        }

        return centred;
    }

    // The covariance of every class's indicator with every column, [K, D]. Each indicator is divided by the root of its frequency, so that rare classes
    // count like frequent ones; what they span does not depend on it.
    private static double[][] WithClasses(FeatureMatrix features, ImmutableArray<int> rows, ImmutableArray<double> mean, ImmutableArray<int> labels, int classCount)
    {
        double[][] shared = [.. Enumerable.Range(0, classCount).Select(_ => new double[features.Width])];
        var counts = new int[classCount];
        foreach (var row in rows)
        {
            var sums = shared[labels[row]];
            var values = features[row];
            counts[labels[row]]++;
            for (var column = 0; column < values.Length; column++)
            {
                sums[column] += values[column] - mean[column];
            }
        }

        // Together they are 0 but for the mean's rounding, which must not pass for one more direction.
        double[] rest = [.. Enumerable.Range(0, features.Width).Select(column => shared.Sum(sums => sums[column]) / rows.Length)];
        foreach (var (index, sums) in shared.Index())
        {
            TensorPrimitives.MultiplyAdd(rest, -counts[index], sums, sums);
            TensorPrimitives.Divide(sums, Math.Sqrt(Math.Max(1, counts[index]) * (double)rows.Length), sums);
        }

        return shared;
    }

    // Null: all rows are equal.
    private static double[][]? Shrunk(double[][] covariance, int rows)
    {
        var width = covariance.Length;
        var trace = 0.0;
        var squares = 0.0;
        for (var row = 0; row < width; row++)
        {
            trace += covariance[row][row];
            squares += (2 * TensorPrimitives.SumOfSquares<double>(covariance[row].AsSpan(0, row))) + (covariance[row][row] * covariance[row][row]);
        }

        if (trace == 0)
        {
            return null;
        }

        // What is far from the identity is trusted; of one that is near it, chance makes up more than is there.
        var even = trace * trace / width;
        var share = squares > even ? Math.Min(1, trace * trace / rows / (squares - even)) : 1;
        foreach (var (row, values) in covariance.Index())
        {
            TensorPrimitives.Multiply(values, 1 - share, values);
            values[row] += share * trace / width;
        }

        return covariance;
    }
}
