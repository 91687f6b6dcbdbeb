using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace ProbePipeline.Probes.Conditions;

/// <summary>
/// Linear centred kernel alignment of two sets of vectors of the same rows, 0 to 1 (Kornblith et al. 2019, arXiv 1905.00414, section 3): 1 where one is the
/// other rotated, scaled and moved. This is the plain, biased form: with few rows against the width it is too high.
/// </summary>
public static class LinearCka
{
    /// <summary>The alignment; null where either set has the same vector in every row, so that there is nothing to align. Time: rows x width x the smaller of both.</summary>
    /// <param name="one">A vector a row.</param>
    /// <param name="other">Another vector for each of these rows, of any width.</param>
    /// <param name="rows">Which rows.</param>
    /// <exception cref="ProbeException">The two have not as many rows.</exception>
    public static double? Of(FeatureMatrix one, FeatureMatrix other, ImmutableArray<int> rows)
    {
        if (one.Rows != other.Rows)
        {
            throw new ProbeException($"CKA: expected two vectors for every row; found {one.Rows} and {other.Rows} rows");
        }

        var (columns, others) = (Centred(one, rows), Centred(other, rows));
        var (shared, left, right) = rows.Length < Math.Min(one.Width, other.Width)
            ? ByRows(Transposed(columns), Transposed(others))
            : (SquaredProducts(columns, others), SquaredProducts(columns, columns), SquaredProducts(others, others));
        // Rounding may lead a little past 1.
        return left == 0 || right == 0 ? null : Math.Min(1, shared / (Math.Sqrt(left) * Math.Sqrt(right)));
    }

    // [width, rows], each column's mean taken off
    private static double[][] Centred(FeatureMatrix features, ImmutableArray<int> rows)
    {
        double[][] columns = [.. Enumerable.Range(0, features.Width).Select(column => rows.Select(row => (double)features[row][column]).ToArray())];
        foreach (var column in columns)
        {
            // An average that rounding moves off a constant column would leave something of it.
            TensorPrimitives.Subtract(column, column[0], column);
            TensorPrimitives.Subtract(column, TensorPrimitives.Sum<double>(column) / column.Length, column);
        }

        return columns;
    }

    private static double[][] Transposed(double[][] columns) =>
        [.. Enumerable.Range(0, columns[0].Length).Select(row => columns.Select(column => column[row]).ToArray())];

    // The sum over all pairs of columns of their products' squares: |YᵀX|² in Frobenius' norm.
    private static double SquaredProducts(double[][] columns, double[][] others)
    {
        var sum = 0.0;
        foreach (var column in columns)
        {
            foreach (var other in others)
            {
                var product = TensorPrimitives.Dot<double>(column, other);
                sum += product * product;
            }
        }

        return sum;
    }

    // The same three numbers from the rows' products, which are fewer where rows are: |YᵀX|² is the sum over XXᵀ times YYᵀ, entry by entry.
    private static (double Shared, double Left, double Right) ByRows(double[][] rows, double[][] others)
    {
        var (shared, left, right) = (0.0, 0.0, 0.0);
        for (var first = 0; first < rows.Length; first++)
        {
            for (var second = 0; second <= first; second++)
            {
                var times = first == second ? 1 : 2;
                var (one, other) = (TensorPrimitives.Dot<double>(rows[first], rows[second]), TensorPrimitives.Dot<double>(others[first], others[second]));
                shared += times * one * other;
                left += times * one * one;
                right += times * other * other;
            }
        }

        return (shared, left, right);
    }
}
