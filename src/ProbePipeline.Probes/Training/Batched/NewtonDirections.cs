using ProbePipeline.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// Newton's equations of many problems at once, solved by conjugate gradients (Nocedal and Wright 2006, Numerical Optimization, 7.1): many products with the rows
/// a step, but where the preconditioner is far from the Hessian, as it is where few rows are far out, fewer in all.
/// </summary>
/// <param name="Objective">The problems' objectives.</param>
internal sealed record NewtonDirections(SoftmaxObjective Objective)
{
    private const int MostProducts = 500;

    // Of the decrement that is left, as a share of what it was: a step far from the minimum need not be exact.
    private const double Exactness = 0.1;

    /// <summary>Directions downhill, [A, K, D].</summary>
    public Tensor From(Point point, Preconditioner preconditioner)
    {
        var probabilities = Objective.Probabilities(point);
        var (solution, residual) = (zeros_like(point.Gradient), point.Gradient.neg());
        var direction = preconditioner.Solve(residual);
        var decrement = Dots(residual, direction);
        var enough = decrement.Times(Exactness);
        using var zero = 0.ToScalar();
        for (var product = 0; product < MostProducts && decrement.gt(enough).any().item<bool>(); product++)
        {
            using var scope = NewDisposeScope();
            var curved = Objective.Curved(point.Problems, probabilities, direction);
            var curvature = Dots(direction, curved);
            // A problem that is exact enough, or whose curvature is nothing but rounding, stays where it is.
            var length = where(decrement.gt(enough).logical_and(curvature.gt(zero)), decrement.div(curvature), zeros_like(decrement));
            solution.AddInPlace(direction.mul(length));
            residual.sub_(curved.mul_(length));
            var nearer = preconditioner.Solve(residual);
            var next = Dots(residual, nearer);
            // Where nothing is left nothing is to be divided.
            direction.mul_(where(decrement.gt(zero), next.div(decrement), zeros_like(decrement))).AddInPlace(nearer);
            decrement.copy_(next);
        }

        return solution;
    }

    private static Tensor Dots(Tensor one, Tensor other) => one.mul(other).sum([1, 2], keepdim: true);
}
