using System.Globalization;
using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// All problems of a set at once, by Newton's method with line search. Of problems with the same labels the one with the largest penalty starts first;
/// the next joins, from where that one stands, as soon as it is near its optimum. A problem leaves when its gradient certifies the gap.
/// </summary>
/// <param name="Objective">The problems' objectives.</param>
/// <param name="Problems">The problems.</param>
/// <param name="Variances">The mean square of every direction, [D].</param>
/// <param name="GapTolerance">How far above its minimum an objective may end.</param>
internal sealed record PathSolver(SoftmaxObjective Objective, IReadOnlyList<Problem> Problems, Tensor Variances, double GapTolerance)
{
    private const double Armijo = 1e-4;
    private const double ShortestStep = 1e-8;

    // What an objective may rise by rounding, as a share of it and of 1.
    private const double RoundingShare = 1e-14;

    // From this predicted fall on the next penalty may start.
    private const double NearEnough = 1e-2;

    // A fall that is predicted to be less than rounding, so many times in a row, is no descent any more.
    private const int MostIdleRounds = 5;

    private readonly Tensor?[] _solutions = new Tensor?[Problems.Count];
    private readonly int[] _idleRounds = new int[Problems.Count];

    private double LargestVariance { get; } = SoftmaxObjective.Host(Variances.max())[0];

    /// <summary>The weights of every problem, [K, D] each.</summary>
    /// <exception cref="ProbeException">Rounding ends the descent before the gap is certified.</exception>
    public Tensor[] Solve(CancellationToken cancellation)
    {
        var steps = new NewtonSteps(Objective, Gaps, GapTolerance);
        var next = Path();
        int[] first = [.. Enumerable.Range(0, Problems.Count).Except(next.OfType<int>())];
        var point = Objective.At(first, zeros([first.Length, Objective.Classes, Variances.shape[0]], ScalarType.Float64, Variances.device)).Kept();
        try
        {
            while (point.Problems.Length > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var moved = Round(point, next, steps);
                if (!ReferenceEquals(moved, point))
                {
                    moved.Kept();
                    point.Dispose();
                    point = moved;
                }
            }
        }
        finally
        {
            point.Dispose();
        }

        return [.. _solutions.Select(solution => solution!)];
    }

    /// <summary>Takes out what is certified, moves what is not, and lets the next ones in.</summary>
    private Point Round(Point start, int?[] next, NewtonSteps steps)
    {
        var preconditioner = new Preconditioner(start, Objective, Variances);
        var gaps = Gaps(start, start.Gradient, preconditioner);
        int[] open = [.. Enumerable.Range(0, gaps.Length).Where(place => !(gaps[place] <= GapTolerance))];
        foreach (var place in Enumerable.Range(0, gaps.Length).Except(open))
        {
            // Solutions outlive the rounds, in the scope around them.
            _solutions[start.Problems[place]] = start.Weights[place].clone().MoveToOuterDisposeScope();
        }

        var point = start.Select(open);
        var slopes = new double[open.Length];
        if (open.Length > 0)
        {
            (var directions, slopes) = steps.From(point, open.Length < gaps.Length ? new Preconditioner(point, Objective, Variances) : preconditioner);
            if (IsIdle(point, slopes) || Search(point, directions, slopes) is not { } moved)
            {
                return Precisely(start, gaps);
            }

            point = moved;
        }

        // Of those that are near or done, the next on the path.
        var near = start.Problems.Where((problem, place) => gaps[place] <= GapTolerance || -slopes[Array.IndexOf(open, place)] < NearEnough).Where(problem => next[problem] is not null).ToArray();
        if (near.Length == 0)
        {
            return point;
        }

        var from = stack(near.Select(problem => _solutions[problem] ?? point.Weights[Array.IndexOf(point.Problems, problem)]));
        var joined = Objective.At([.. near.Select(problem => next[problem]!.Value)], from);
        foreach (var problem in near)
        {
            next[problem] = null;
        }

        return point.Problems.Length > 0 ? point.With(joined) : joined;
    }

    // What single precision cannot settle double precision may.
    private Point Precisely(Point start, double[] gaps)
    {
        if (!Objective.IsSingle)
        {
            var worst = Array.IndexOf(gaps, gaps.Max());
            throw new ProbeException(string.Create(
                CultureInfo.InvariantCulture,
                $"penalty {Problems[start.Problems[worst]].L2:g3} a weight vector: rounding ends the descent where the objective may still be {gaps[worst]:e1} above its minimum, expected {GapTolerance:g3} at most; use a larger penalty, a larger tolerance, or the trainer lbfgs"));
        }

        Objective.IsSingle = false;
        Array.Clear(_idleRounds);
        return Objective.At(start.Problems, start.Weights.clone());
    }

    private bool IsIdle(Point point, double[] slopes)
    {
        foreach (var (place, problem) in point.Problems.Index())
        {
            _idleRounds[problem] = -slopes[place] < RoundingShare * (1 + point.Objective[place]) ? _idleRounds[problem] + 1 : 0;
        }

        return point.Problems.Any(problem => _idleRounds[problem] > MostIdleRounds);
    }

    // For every problem the one with the same labels and the next smaller penalty.
    private int?[] Path()
    {
        var next = new int?[Problems.Count];
        foreach (var task in Enumerable.Range(0, Problems.Count).GroupBy(index => Problems[index], SameLabels.Comparer))
        {
            int[] descending = [.. task.OrderByDescending(index => Problems[index].L2)];
            for (var place = 1; place < descending.Length; place++)
            {
                next[descending[place - 1]] = descending[place];
            }
        }

        return next;
    }

    /// <summary>
    /// How far an objective is above its minimum at most. With the biases at their best for the weights, what is left is l2-strongly convex in the weights:
    /// gradient² / (2 l2) (Boyd and Vandenberghe 2004, Convex Optimization, 9.1.2). What the biases are off adds their own decrement, and to the
    /// gradient with respect to weights at most its root times that of the largest variance.
    /// </summary>
    private double[] Gaps(Point point, Tensor gradient, Preconditioner preconditioner)
    {
        var slopes = gradient.narrow(2, 0, gradient.shape[2] - 1);
        var squares = SoftmaxObjective.Host(slopes.mul(slopes).sum([1, 2]));
        var biases = SoftmaxObjective.Host(preconditioner.BiasDecrement(gradient));
        return [.. point.Problems.Select((problem, place) => (Math.Pow(Math.Sqrt(squares[place]) + Math.Sqrt(LargestVariance * biases[place]), 2) / (2 * Problems[problem].L2)) + biases[place])];
    }

    // The whole step where it lowers the objective enough (Armijo), else half of it, and so on; null where none is short enough.
    private Point? Search(Point from, Tensor directions, double[] slopes)
    {
        int[] open = [.. Enumerable.Range(0, slopes.Length)];
        Point? reached = null;
        for (var length = 1.0; ; length /= 2)
        {
            var index = tensor(open.Select(place => (long)place).ToArray(), device: directions.device);
            int[] problems = [.. open.Select(place => from.Problems[place])];
            var trial = Objective.At(problems, from.Weights.index_select(0, index).AddInPlace(directions.index_select(0, index), length));
            bool Falls(int at) => trial.Objective[at] <= from.Objective[open[at]] + (Armijo * length * slopes[open[at]]) + (RoundingShare * (1 + from.Objective[open[at]]));
            int[] fallen = [.. Enumerable.Range(0, open.Length).Where(Falls)];
            reached = fallen.Length == 0 ? reached : reached is null ? trial.Select(fallen) : reached.With(trial.Select(fallen));
            open = [.. Enumerable.Range(0, open.Length).Except(fallen).Select(at => open[at])];
            if (open.Length == 0)
            {
                return reached;
            }

            if (length < ShortestStep)
            {
                return null;
            }
        }
    }
}
