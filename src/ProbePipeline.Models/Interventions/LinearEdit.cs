using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Interventions;

/// <summary>
/// An affine map that takes R directions out of states of width D: x' = x - Left Right (x - Mean). Closed-form concept erasure has this form (LEACE: Belrose
/// et al. 2023, arXiv 2306.03819).
/// </summary>
public sealed record LinearEdit
{
    /// <param name="mean">[D]</param>
    /// <param name="left">[D, R], row-major.</param>
    /// <param name="right">[R, D], row-major.</param>
    /// <exception cref="NetworkInputException">The three do not fit together, or a number is not finite.</exception>
    public LinearEdit(ImmutableArray<float> mean, ImmutableArray<float> left, ImmutableArray<float> right)
    {
        if (mean.IsEmpty || left.Length != right.Length || left.Length % mean.Length != 0)
        {
            throw new NetworkInputException($"linear edit: expected a mean of D numbers, and D x R on either side; found {mean.Length}, {left.Length} and {right.Length}");
        }

        if (!mean.Concat(left).Concat(right).All(float.IsFinite))
        {
            throw new NetworkInputException("linear edit: expected finite numbers; found infinity or NaN");
        }

        (Mean, Left, Right) = (mean, left, right);
    }

    /// <summary>What stays where it is, [D].</summary>
    public ImmutableArray<float> Mean { get; }

    /// <summary>What is taken away for each direction that is read, [D, R], row-major.</summary>
    public ImmutableArray<float> Left { get; }

    /// <summary>What is read, [R, D], row-major.</summary>
    public ImmutableArray<float> Right { get; }

    /// <summary>D: numbers a state.</summary>
    public int Width => Mean.Length;

    /// <summary>R: directions that are taken out.</summary>
    public int Rank => Right.Length / Width;

    /// <summary>Two edits are equal when all their numbers are.</summary>
    public bool Equals(LinearEdit? other) => other is not null
        && Mean.AsSpan().SequenceEqual(other.Mean.AsSpan()) && Left.AsSpan().SequenceEqual(other.Left.AsSpan()) && Right.AsSpan().SequenceEqual(other.Right.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Rank, Mean[0], Left.FirstOrDefault());

    /// <summary>[tokens, D] -> [tokens, D], computed in float32.</summary>
    internal Tensor Apply(Tensor states)
    {
        if (Rank == 0)
        {
            return states;
        }

        var (mean, left, right) = (On(Mean, Width), On(Left, Width, Rank), On(Right, Rank, Width));
        var single = states.to_type(ScalarType.Float32);
        var read = matmul(single - mean, right.t());                                                // [tokens, R]
        return single - matmul(read, left.t());

        Tensor On(ImmutableArray<float> values, params long[] shape) => tensor(values.AsSpan().ToArray(), device: states.device).view(shape);
    }
}
