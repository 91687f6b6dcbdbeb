using System.Globalization;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// All problems of a set. Those with the same labels come one after the other, the largest penalty first, each from where the last two point to; different labels go
/// side by side. A problem is solved when its objective is estimated to be near enough to the minimum.
/// </summary>
internal sealed class PathSolver : IDisposable
{
    // What single precision has estimated comes out a little differently in double precision.
    private const double Leeway = 2;

    // So many at a time, for the memory of their scores.
    private const int JudgedTogether = 8;

    private readonly SoftmaxObjective _objective;
    private readonly IReadOnlyList<Problem> _problems;
    private readonly Tensor _variances;
    private readonly double _gapTolerance;
    private readonly Tensor?[] _solutions;

    // For every problem those with the same labels and the next smaller and larger penalty.
    private readonly int?[] _next;
    private readonly int?[] _previous;

    private readonly Progress[] _progress;

    /// <param name="objective">The problems' objectives.</param>
    /// <param name="problems">The problems.</param>
    /// <param name="variances">The mean square of every direction, [D].</param>
    /// <param name="gapTolerance">How far above its minimum an objective may end.</param>
    public PathSolver(SoftmaxObjective objective, IReadOnlyList<Problem> problems, Tensor variances, double gapTolerance)
    {
        (_objective, _problems, _variances, _gapTolerance) = (objective, problems, variances, gapTolerance);
        (_solutions, _progress) = (new Tensor?[problems.Count], [.. problems.Select(_ => new Progress(gapTolerance, objective.Precision == ScalarType.Float64))]);
        (_next, _previous) = (new int?[problems.Count], new int?[problems.Count]);
        foreach (var path in Enumerable.Range(0, problems.Count).GroupBy(index => problems[index], SameLabels.Comparer))
        {
            int[] descending = [.. path.OrderByDescending(index => problems[index].L2)];
            foreach (var (larger, smaller) in descending.Zip(descending.Skip(1)))
            {
                (_next[larger], _previous[smaller]) = (smaller, larger);
            }
        }
    }

    /// <summary>The weights of every problem, [K, D] each; they are this object's.</summary>
    /// <exception cref="ProbeException">Rounding ends the descent before an objective is near enough.</exception>
    public IReadOnlyList<Tensor> Solve(CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        int[] first = [.. Enumerable.Range(0, _problems.Count).Where(problem => _previous[problem] is null)];
        Descend(_objective.At(first, zeros([first.Length, _objective.Classes, _variances.shape[0]], ScalarType.Float64, _variances.device)), cancellation);
        if (_objective.Precision != ScalarType.Float64)
        {
            _objective.Precision = ScalarType.Float64;
            foreach (var problems in Enumerable.Range(0, _problems.Count).Chunk(JudgedTogether))
            {
                Judge(problems, cancellation);
            }
        }

        return [.. _solutions.Select(solution => solution!)];
    }

    public void Dispose()
    {
        foreach (var solution in _solutions)
        {
            solution?.Dispose();
        }
    }

    // What single precision has found is judged, and where need be bettered, in double precision.
    private void Judge(int[] problems, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var point = _objective.At(problems, stack(problems.Select(problem => _solutions[problem]!)));
        using var preconditioner = new Preconditioner(point, _objective, _variances);
        int[] open = [.. preconditioner.Gaps(point.Gradient).Index().Where(gap => !(gap.Item <= Leeway * _progress[0].Aim)).Select(gap => gap.Index)];
        foreach (var place in open)
        {
            _progress[problems[place]] = new Progress(_gapTolerance, isQuick: false);
        }

        if (open.Length > 0)
        {
            Descend(point.Select(open), cancellation);
        }
    }

    private void Descend(Point start, CancellationToken cancellation)
    {
        using var descent = new Descent(_objective, _variances, start);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var point = descent.Point;
            var (directions, gaps) = descent.Look(point.Problems.Any(problem => _progress[problem].IsSlow));
            int[] solved = [.. Enumerable.Range(0, gaps.Length).Where(place => IsSolved(point.Problems[place], point.Objective[place], gaps[place]))];
            if (solved.Length == 0)
            {
                var problems = point.Problems;
                foreach (var (place, _) in descent.Go(directions).Index().Where(length => length.Item == 0))
                {
                    _progress[problems[place]].Stop();
                }

                continue;
            }

            foreach (var place in solved)
            {
                ref var solution = ref _solutions[point.Problems[place]];
                solution?.Dispose();
                solution = point.Weights[place].clone().DetachFromDisposeScope();
            }

            int[] open = [.. Enumerable.Range(0, gaps.Length).Except(solved)];
            var following = Following(point, [.. solved.Where(place => _next[point.Problems[place]] is { } next && _solutions[next] is null)]);
            if (open.Length == 0 && following is null)
            {
                return;
            }

            descent.Change(open, following);
        }
    }

    private bool IsSolved(int problem, double objective, double gap)
    {
        if (_progress[problem].IsNear(objective, gap))
        {
            return true;
        }

        // What single precision cannot settle double precision may.
        return _progress[problem].IsIdle && (_objective.Precision != ScalarType.Float64 ? true : throw new ProbeException(string.Create(
            CultureInfo.InvariantCulture,
            $"penalty {_problems[problem].L2:g3} a weight vector: rounding ends the descent where the objective may still be {gap:e1} above its minimum, expected {_gapTolerance:g3} at most; use a larger penalty, a larger tolerance, or the trainer lbfgs")));
    }

    // Where the problems with the next smaller penalties begin, after those at some places.
    private Point? Following(Point point, int[] places)
    {
        if (places.Length == 0)
        {
            return null;
        }

        var before = point.Select(places);
        var start = _objective.At([.. before.Problems.Select(problem => _next[problem]!.Value)], before);
        var search = new LineSearch(_objective);
        // On in the direction from the penalty before, where there was one, and then further out: the smaller the penalty, the larger the weights.
        var turned = before.Weights.sub(stack(before.Problems.Select((problem, place) => _previous[problem] is { } previous ? _solutions[previous]! : before.Weights[place])));
        var (there, _) = search.Along(start, turned);
        var (farther, _) = search.Along(there, there.Weights, there.Scores);
        return farther;
    }
}
