using System.Numerics.Tensors;

namespace ProbePipeline.Probes.Training;

/// <summary>
/// A softmax regression's Hessian with every class's curvature replaced by the mean over classes: [D, D] instead of [K D, K D], solved by Cholesky's
/// decomposition. It preconditions the real one: hidden states have strongly correlated columns, and this takes them apart.
/// </summary>
internal sealed class AverageCurvature
{
    // Beyond it the decomposition costs more than it saves.
    private const int LargestWidth = 1024;

    // Null: no decomposition.
    private readonly CholeskyFactor? _factor;

    private readonly int _width;

    private AverageCurvature(CholeskyFactor? factor, int width) => (_factor, _width) = (factor, width);

    /// <param name="rows">The rows.</param>
    /// <param name="probabilities">[rows, K]</param>
    /// <param name="classes">K.</param>
    /// <param name="l2">The penalty on the mean loss.</param>
    public static AverageCurvature Of(RowMatrix rows, double[] probabilities, int classes, double l2)
    {
        if (rows.Bias > LargestWidth)
        {
            return new AverageCurvature(null, rows.Width);
        }

        // The mean of p (1 - p) over classes.
        double[] weights = [.. Enumerable.Range(0, rows.Count).Select(row => (1 - TensorPrimitives.SumOfSquares<double>(probabilities.AsSpan(row * classes, classes))) / classes / rows.Count)];
        var triangle = rows.WeightedSquares(weights);
        for (var index = 0; index < triangle.Length; index++)
        {
            // The bias is free, but where all rows are certain the matrix has to stay invertible.
            triangle[index][index] += l2;
        }

        return new AverageCurvature(CholeskyFactor.Of(triangle), rows.Width);
    }

    /// <param name="right">[K, D]</param>
    public double[] Solve(double[] right)
    {
        var solution = (double[])right.Clone();
        if (_factor is not null)
        {
            for (var start = 0; start < solution.Length; start += _width)
            {
                _factor.Solve(solution.AsSpan(start, _factor.Width));
            }
        }

        return solution;
    }
}
