using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace ProbePipeline.Probes.Training;

/// <summary>
/// The last digits of a softmax regression. ML.NET computes in single precision, where the objective stops falling before the weights of a small penalty
/// have settled; Newton steps in double precision, solved by preconditioned conjugate gradients, go on from there.
/// </summary>
/// <remarks>
/// K: classes, D: the width of <see cref="RowMatrix"/>. Half of gradient · step is how far the objective is above the minimum of its quadratic model; near the
/// minimum the model is the objective (Boyd and Vandenberghe 2004, Convex Optimization, 9.5.1: the Newton decrement).
/// </remarks>
internal sealed class NewtonRefinement
{
    // The step that is taken after it leaves its square.
    private const double SmallGap = 1e-8;
    private const int MaximumSteps = 20;
    private const int MaximumConjugateSteps = 400;

    private readonly RowMatrix _rows;
    private readonly int[] _labels;
    private readonly int _classes;
    private readonly double _l2;

    private NewtonRefinement(RowMatrix rows, int[] labels, int classes, double l2) => (_rows, _labels, _classes, _l2) = (rows, labels, classes, l2);

    /// <param name="start">Weights near the optimum, a vector a class.</param>
    /// <param name="features">[rows, width], standardised.</param>
    /// <param name="labels">Index of every row's class.</param>
    /// <param name="l2">The penalty on the mean loss.</param>
    public static LinearWeights Refine(LinearWeights start, float[] features, int[] labels, double l2)
    {
        var rows = new RowMatrix(features, labels.Length);
        var classes = start.Weights.Length;
        var weights = new double[classes * rows.Width];
        for (var index = 0; index < classes; index++)
        {
            var vector = weights.AsSpan(index * rows.Width, rows.Width);
            TensorPrimitives.ConvertTruncating<float, double>(start.Weights[index].AsSpan(), vector);
            vector[rows.Bias] = start.Biases[index];
        }

        var found = new NewtonRefinement(rows, labels, classes, l2).Minimize(weights).Chunk(rows.Width).ToArray();
        return new LinearWeights(
            [.. found.Select(vector => vector[..rows.Bias].Select(value => (float)value).ToImmutableArray())],
            [.. found.Select(vector => (float)vector[rows.Bias])]);
    }

    private double[] Minimize(double[] weights)
    {
        var probabilities = new double[_labels.Length * _classes];
        var objective = Evaluate(weights, probabilities);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var gradient = Gradient(weights, probabilities);
            var direction = Solve(gradient, probabilities);
            var gap = TensorPrimitives.Dot<double>(gradient, direction) / 2;
            var moved = false;
            for (var length = 1.0; !moved && length > 1e-3; length /= 2)
            {
                var next = new double[weights.Length];
                TensorPrimitives.MultiplyAdd(direction, -length, weights, next);
                var value = Evaluate(next, probabilities);
                if (value < objective)
                {
                    (weights, objective, moved) = (next, value, true);
                }
            }

            if (!moved || gap < SmallGap)
            {
                break;
            }
        }

        return weights;
    }

    /// <summary>The objective; fills the probabilities, [rows, K].</summary>
    private double Evaluate(double[] weights, double[] probabilities)
    {
        var loss = 0.0;
        _rows.Scores(weights, probabilities);
        for (var row = 0; row < _labels.Length; row++)
        {
            var scores = probabilities.AsSpan(row * _classes, _classes);
            var (most, right) = (TensorPrimitives.Max<double>(scores), scores[_labels[row]]);
            TensorPrimitives.Subtract(scores, most, scores);
            TensorPrimitives.Exp(scores, scores);
            var sum = TensorPrimitives.Sum<double>(scores);
            TensorPrimitives.Divide(scores, sum, scores);
            loss += Math.Log(sum) + most - right;
        }

        return (loss / _labels.Length) + (_l2 / 2 * Penalized(weights).Sum(range => TensorPrimitives.SumOfSquares<double>(weights.AsSpan(range))));
    }

    // [K, D]
    private double[] Gradient(double[] weights, double[] probabilities)
    {
        var residuals = (double[])probabilities.Clone();
        for (var row = 0; row < _labels.Length; row++)
        {
            residuals[(row * _classes) + _labels[row]]--;
        }

        return Backward(residuals, weights);
    }

    /// <summary>Conjugate gradients on the Hessian, to a thousandth of the step.</summary>
    private double[] Solve(double[] gradient, double[] probabilities)
    {
        var curvature = AverageCurvature.Of(_rows, probabilities, _classes, _l2);
        var solution = new double[gradient.Length];
        var residual = (double[])gradient.Clone();
        var nearer = curvature.Solve(residual);
        var direction = (double[])nearer.Clone();
        var norm = TensorPrimitives.Dot<double>(residual, nearer);
        // A step far from the minimum need not be exact.
        var enough = norm * Math.Clamp(Math.Sqrt(norm) / 10, 1e-6, 1e-3);
        for (var step = 0; step < MaximumConjugateSteps && norm > enough; step++)
        {
            var curved = Curvature(direction, probabilities);
            var length = norm / TensorPrimitives.Dot<double>(direction, curved);
            TensorPrimitives.MultiplyAdd(direction, length, solution, solution);
            TensorPrimitives.MultiplyAdd(curved, -length, residual, residual);
            nearer = curvature.Solve(residual);
            var next = TensorPrimitives.Dot<double>(residual, nearer);
            TensorPrimitives.MultiplyAdd(direction, next / norm, nearer, direction);
            norm = next;
        }

        return solution;
    }

    /// <summary>The Hessian times a direction: of a row, p (s - p·s) for the direction's scores s.</summary>
    private double[] Curvature(double[] direction, double[] probabilities)
    {
        var changes = new double[probabilities.Length];
        _rows.Scores(direction, changes);
        for (var row = 0; row < _labels.Length; row++)
        {
            var change = changes.AsSpan(row * _classes, _classes);
            var probability = probabilities.AsSpan(row * _classes, _classes);
            TensorPrimitives.Subtract(change, TensorPrimitives.Dot<double>(probability, change), change);
            TensorPrimitives.Multiply(change, probability, change);
        }

        return Backward(changes, direction);
    }

    // Mean over rows of residual x row, and the penalty's share: [rows, K] -> [K, D]
    private double[] Backward(double[] residuals, double[] weights)
    {
        var gradient = new double[weights.Length];
        foreach (var range in Penalized(weights))
        {
            TensorPrimitives.Multiply(weights.AsSpan(range), _l2 * _labels.Length, gradient.AsSpan(range));
        }

        _rows.AddWeighted(residuals, gradient);
        TensorPrimitives.Divide(gradient, _labels.Length, gradient);
        return gradient;
    }

    // All but the biases; the zeros behind them stay zeros.
    private IEnumerable<Range> Penalized(double[] weights) =>
        Enumerable.Range(0, weights.Length / _rows.Width).Select(index => (index * _rows.Width)..((index * _rows.Width) + _rows.Bias));
}
