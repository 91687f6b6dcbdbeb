using System.Numerics.Tensors;

namespace ProbePipeline.Probes.Training;

/// <summary>Cholesky's decomposition of a positive definite matrix: what solves its equations.</summary>
internal sealed class CholeskyFactor
{
    // Lower triangle, row by row.
    private readonly double[][] _triangle;

    private CholeskyFactor(double[][] triangle) => _triangle = triangle;

    /// <summary>Rows and columns of the matrix.</summary>
    public int Width => _triangle.Length;

    /// <param name="triangle">The lower triangle, row by row, of a positive definite matrix; it becomes the factor.</param>
    public static CholeskyFactor Of(double[][] triangle)
    {
        for (var row = 0; row < triangle.Length; row++)
        {
            for (var column = 0; column < row; column++)
            {
                triangle[row][column] = (triangle[row][column] - TensorPrimitives.Dot<double>(triangle[row].AsSpan(0, column), triangle[column].AsSpan(0, column))) / triangle[column][column];
            }

            triangle[row][row] = Math.Sqrt(triangle[row][row] - TensorPrimitives.SumOfSquares<double>(triangle[row].AsSpan(0, row)));
        }

        return new CholeskyFactor(triangle);
    }

    /// <summary>Solves the matrix's equations in place: the right side becomes the solution.</summary>
    /// <param name="vector">[width]</param>
    public void Solve(Span<double> vector)
    {
        SolveLower(vector);
        SolveUpper(vector);
    }

    /// <summary>The first half of <see cref="Solve"/>: with the factor alone.</summary>
    public void SolveLower(Span<double> vector)
    {
        for (var index = 0; index < vector.Length; index++)
        {
            vector[index] = (vector[index] - TensorPrimitives.Dot<double>(_triangle[index].AsSpan(0, index), vector[..index])) / _triangle[index][index];
        }
    }

    /// <summary>The second half: with the factor's transpose.</summary>
    public void SolveUpper(Span<double> vector)
    {
        for (var index = vector.Length - 1; index >= 0; index--)
        {
            vector[index] /= _triangle[index][index];
            TensorPrimitives.MultiplyAdd(_triangle[index].AsSpan(0, index), -vector[index], vector[..index], vector[..index]);
        }
    }

    /// <summary>The factor times a vector: what <see cref="SolveLower"/> undoes.</summary>
    public double[] Multiply(double[] vector) => [.. _triangle.Select((row, index) => TensorPrimitives.Dot<double>(row.AsSpan(0, index + 1), vector.AsSpan(0, index + 1)))];
}
