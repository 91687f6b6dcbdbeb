using System.Collections.Immutable;
using System.Numerics.Tensors;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Targets;

/// <summary>
/// Ridge regression in closed form, in double precision: the minimum of half the mean squared error + l2 / 2 x the squared weights, bias free
/// (Hoerl and Kennard 1970). scikit-learn's alpha is l2 x the number of rows.
/// </summary>
internal static class RidgeRegression
{
    /// <summary>The weights and the bias of every penalty.</summary>
    /// <param name="features">[rows, width], standardised on these rows: columns have mean 0.</param>
    /// <param name="targets">A number a row.</param>
    /// <param name="penalties">The penalties, above 0.</param>
    public static ImmutableArray<(double[] Weights, double Bias)> Fit(ReadOnlySpan<float> features, double[] targets, ImmutableArray<double> penalties)
    {
        var (rows, width, mean) = (targets.Length, features.Length / targets.Length, targets.Average());
        double[] centred = [.. targets.Select(target => target - mean)];
        var vectors = width <= rows ? Columns(features, rows, width) : Rows(features, rows, width);
        // The smaller of [width, width] and [rows, rows]: both have the same solution.
        var gram = Products(vectors, rows);
        double[] right = width <= rows ? [.. vectors.Select(column => TensorPrimitives.Dot<double>(column, centred) / rows)] : centred;
        var fitted = ImmutableArray.CreateBuilder<(double[], double)>(penalties.Length);
        foreach (var l2 in penalties)
        {
            var solution = right.ToArray();
            CholeskyFactor.Of([.. gram.Select((row, place) => (double[])[.. row[..^1], row[place] + l2])]).Solve(solution);
            fitted.Add((width <= rows ? solution : Combined(vectors, solution, rows), mean));
        }

        return fitted.MoveToImmutable();
    }

    private static double[][] Columns(ReadOnlySpan<float> features, int rows, int width)
    {
        var columns = new double[width][];
        for (var column = 0; column < width; column++)
        {
            columns[column] = new double[rows];
            for (var row = 0; row < rows; row++)
            {
                columns[column][row] = features[(row * width) + column];
            }
        }

        return columns;
    }

    private static double[][] Rows(ReadOnlySpan<float> features, int rows, int width)
    {
        var vectors = new double[rows][];
        for (var row = 0; row < rows; row++)
        {
            vectors[row] = new double[width];
            TensorPrimitives.ConvertChecked<float, double>(features.Slice(row * width, width), vectors[row]);
        }

        return vectors;
    }

    // The lower triangle, row by row.
    private static double[][] Products(double[][] vectors, int rows) =>
        [.. vectors.Select((vector, place) => (double[])[.. vectors.Take(place + 1).Select(other => TensorPrimitives.Dot<double>(vector, other) / rows)])];

    private static double[] Combined(double[][] vectors, double[] shares, int rows)
    {
        var weights = new double[vectors[0].Length];
        foreach (var (vector, share) in vectors.Zip(shares))
        {
            TensorPrimitives.MultiplyAdd<double>(vector, share / rows, weights, weights);
        }

        return weights;
    }
}
