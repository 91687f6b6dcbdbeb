using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// Hessians with the curvature of every row replaced by the mean over rows: curvature of the classes ⊗ variance of the directions + penalty. Both
/// factors are diagonal in bases of their own, so that it is inverted by two small products and a division
/// (the Kronecker factors of Martens and Grosse 2015, arXiv 1503.05671, which are exact here for one layer but for that mean).
/// </summary>
internal sealed class Preconditioner : IDisposable
{
    // What is smaller is rounding.
    private const double SmallestShare = 1e-13;
    private const double Smallest = 1e-300;

    // [A, K, K], eigenvectors in columns
    private readonly Tensor _bases;

    // [A, K, D]
    private readonly Tensor _inverse;

    // [A, K]: 1 for a class that the problem has.
    private readonly Tensor _present;

    public Preconditioner(Point point, SoftmaxObjective objective, Tensor variances)
    {
        (var curvatures, _bases) = linalg.eigh(objective.Curvature(point));
        curvatures = curvatures.maximum(curvatures.amax([1], keepdim: true).MultiplyInPlace(SmallestShare).AddInPlace(Smallest));
        _present = objective.Present(point.Problems);
        // [A, K, 1] [D] + [A, 1, D] -> [A, K, D]
        _inverse = curvatures.unsqueeze(2).mul(variances).AddInPlace(objective.Penalties(point.Problems).unsqueeze(1)).reciprocal_();
    }

    /// <param name="right">[A, K, D]</param>
    public Tensor Solve(Tensor right)
    {
        // Biases that all rise by the same change nothing; the mean is taken out, since there the curvature is nothing but rounding.
        var solution = _bases.matmul(_bases.transpose(1, 2).matmul(Centred(right)).mul_(_inverse));
        return Centred(solution);
    }

    /// <summary>By how much objectives are above their minimum if these are their Hessians (half the Newton decrement), [A].</summary>
    /// <param name="gradient">[A, K, D]</param>
    public double[] Gaps(Tensor gradient) => [.. SoftmaxObjective.Host(gradient.mul(Solve(gradient)).sum([1, 2])).Select(decrement => decrement / 2)];

    /// <summary>Takes the tensors out of their dispose scope: they are this object's.</summary>
    public Preconditioner Kept()
    {
        _bases.DetachFromDisposeScope();
        _inverse.DetachFromDisposeScope();
        _present.DetachFromDisposeScope();
        return this;
    }

    public void Dispose()
    {
        _bases.Dispose();
        _inverse.Dispose();
        _present.Dispose();
    }

    private Tensor Centred(Tensor values)
    {
        var centred = values.clone();
        // [A, K]
        var biases = centred.select(2, values.shape[2] - 1);
        biases.sub_(biases.sum([1], keepdim: true).div_(_present.sum([1], keepdim: true)).mul(_present));
        return centred;
    }
}
