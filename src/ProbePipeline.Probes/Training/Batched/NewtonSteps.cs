using ProbePipeline.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>Newton's equations of many problems at once, solved by preconditioned conjugate gradients; a problem that is exact enough leaves.</summary>
/// <param name="Objective">The problems.</param>
/// <param name="Certificate">How far objectives are above their minimum at most, by their gradients.</param>
internal sealed record NewtonSteps(SoftmaxObjective Objective, Func<Point, Tensor, Preconditioner, double[]> Certificate, double GapTolerance)
{
    private const int MostSteps = 500;
    private const double Loosest = 0.1;
    private const double NearlyThere = 1e-7;
    private const double Tightest = 1e-4;

    /// <summary>How many Hessians were applied so far.</summary>
    public int Applied { get; private set; }

    /// <summary>Directions downhill, [A, K, D], and the slopes there, [A].</summary>
    public (Tensor Directions, double[] Slopes) From(Point point, Preconditioner preconditioner)
    {
        var solution = zeros_like(point.Gradient);
        var residual = point.Gradient.neg();
        var nearer = preconditioner.Solve(residual);
        var direction = nearer.clone();
        var norms = Dots(residual, nearer);
        // A step far from the minimum need not be exact (Nocedal and Wright 2006, Numerical Optimization, 7.1).
        double[] enough = [.. norms.Select(norm => norm < NearlyThere ? 0 : norm * Math.Pow(Math.Clamp(Math.Sqrt(norm), Tightest, Loosest), 2))];
        int[] active = [.. Enumerable.Range(0, norms.Length).Where(place => norms[place] > 0)];
        // What starts with every problem going is the point itself, which stays the caller's.
        var at = active.Length < norms.Length ? Fewer(point, active, point) : point;
        using var one = 1.ToScalar();
        using var minusOne = (-1).ToScalar();
        for (var step = 0; step < MostSteps && active.Length > 0; step++)
        {
            using var scope = NewDisposeScope();
            var index = tensor(active.Select(place => (long)place).ToArray(), device: solution.device);
            var along = direction.index_select(0, index);
            var curved = Objective.Curved(at, along);
            Applied += active.Length;
            var curvatures = Dots(along, curved);
            // Rounding alone makes it negative; what was found so far stands.
            var lengths = tensor(active.Select((place, order) => curvatures[order] > 0 ? norms[place] / curvatures[order] : 0).ToArray(), device: solution.device).view(-1, 1, 1);
            solution.index_add_(0, index, along.mul(lengths), one);
            residual.index_add_(0, index, curved.mul_(lengths), minusOne);
            nearer = preconditioner.Solve(residual);
            var next = Dots(residual, nearer);
            var ratios = tensor(next.Zip(norms, (now, before) => before > 0 ? now / before : 0).ToArray(), device: solution.device).view(-1, 1, 1);
            direction.mul_(ratios).AddInPlace(nearer);
            norms = next;
            // The residual is what the gradient will be after the step, but for what the Hessian changes on the way.
            var left = Certificate(point, residual, preconditioner);
            int[] going = [.. Enumerable.Range(0, active.Length).Where(order => curvatures[order] > 0 && next[active[order]] > enough[active[order]] && left[active[order]] > GapTolerance / 4)];
            if (going.Length < active.Length)
            {
                (active, at) = ([.. going.Select(order => active[order])], Fewer(at, going, point));
            }
        }

        if (!ReferenceEquals(at, point))
        {
            at.Dispose();
        }

        return (solution, Dots(solution, point.Gradient));
    }

    private static Point Fewer(Point from, int[] places, Point whole)
    {
        var fewer = from.Select(places).Kept();
        if (!ReferenceEquals(from, whole))
        {
            from.Dispose();
        }

        return fewer;
    }

    private static double[] Dots(Tensor one, Tensor other) => SoftmaxObjective.Host(one.mul(other).sum([1, 2]));
}
