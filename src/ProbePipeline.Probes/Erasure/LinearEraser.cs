using System.Collections.Immutable;

namespace ProbePipeline.Probes.Erasure;

/// <summary>
/// An affine map that takes a few directions out of vectors and leaves the rest: x' = x - <see cref="Left"/> <see cref="Right"/> (x - <see cref="Mean"/>),
/// with D the width of the vectors and R the number of directions.
/// </summary>
public sealed record LinearEraser
{
    /// <param name="mean">[D]</param>
    /// <param name="left">[D, R], row-major.</param>
    /// <param name="right">[R, D], row-major.</param>
    /// <exception cref="ProbeException">The three do not fit together, or a number is not finite.</exception>
    public LinearEraser(ImmutableArray<float> mean, ImmutableArray<float> left, ImmutableArray<float> right)
    {
        if (mean.IsEmpty || left.Length != right.Length || left.Length % mean.Length != 0)
        {
            throw new ProbeException($"eraser: expected a mean of D numbers, and D x R on either side; found {mean.Length}, {left.Length} and {right.Length}");
        }

        if (!mean.All(float.IsFinite) || !left.All(float.IsFinite) || !right.All(float.IsFinite))
        {
            throw new ProbeException("eraser: expected finite numbers; found infinity or NaN");
        }

        (Mean, Left, Right) = (mean, left, right);
    }

    /// <summary>What is erased around: the rows that were fitted on have it as their mean, and keep it. [D]</summary>
    public ImmutableArray<float> Mean { get; }

    /// <summary>What is taken away for each direction that is read, [D, R], row-major.</summary>
    public ImmutableArray<float> Left { get; }

    /// <summary>What is read, [R, D], row-major.</summary>
    public ImmutableArray<float> Right { get; }

    /// <summary>D: numbers a vector.</summary>
    public int Width => Mean.Length;

    /// <summary>R: directions that are taken out.</summary>
    public int Rank => Right.Length / Width;

    /// <summary>The same rows without the directions.</summary>
    /// <param name="features">Vectors of the site that the eraser was fitted at.</param>
    /// <exception cref="ProbeException">The vectors are of another width.</exception>
    public FeatureMatrix Apply(FeatureMatrix features)
    {
        if (features.Width != Width)
        {
            throw new ProbeException($"eraser: expected vectors of {Width} numbers, as it was fitted on; found {features.Width}");
        }

        var erased = new float[features.Rows * Width];
        var read = new double[Rank];
        for (var row = 0; row < features.Rows; row++)
        {
            var vector = features[row];
            // [D] -> [R]
            for (var direction = 0; direction < read.Length; direction++)
            {
                var right = Right.AsSpan(direction * Width, Width);
                var sum = 0.0;
                for (var column = 0; column < right.Length; column++)
                {
                    sum += right[column] * ((double)vector[column] - Mean[column]);
                }

                read[direction] = sum;
            }

            // [R] -> [D]
            for (var column = 0; column < vector.Length; column++)
            {
                var value = (double)vector[column];
                for (var direction = 0; direction < read.Length; direction++)
                {
                    value -= Left[(column * read.Length) + direction] * read[direction];
                }

                erased[(row * Width) + column] = (float)value;
            }
        }

        return new FeatureMatrix(erased, Width);
    }
}
