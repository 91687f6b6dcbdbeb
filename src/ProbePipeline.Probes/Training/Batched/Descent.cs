using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>Problems side by side on their way down, by L-BFGS with a preconditioner.</summary>
internal sealed class Descent : IDisposable
{
    private readonly SoftmaxObjective _objective;
    private readonly Tensor _variances;
    private readonly LineSearch _search;
    private readonly NewtonDirections _newton;
    private CurvaturePairs _pairs;
    private Preconditioner _preconditioner;

    /// <param name="objective">The problems' objectives.</param>
    /// <param name="variances">The mean square of every direction, [D].</param>
    /// <param name="start">Where they begin; it is this object's from here on.</param>
    public Descent(SoftmaxObjective objective, Tensor variances, Point start)
    {
        (_objective, _variances, _search, _newton, Point) = (objective, variances, new LineSearch(objective), new NewtonDirections(objective), start.Kept());
        _pairs = new CurvaturePairs(start.Problems.Length, variances.device);
        _preconditioner = new Preconditioner(start, objective, variances).Kept();
    }

    /// <summary>Where they are.</summary>
    public Point Point { get; private set; }

    /// <summary>Directions downhill, [A, K, D], and by how much every objective is estimated to be above its minimum, [A].</summary>
    /// <param name="isSlow">Whether steps have brought little so far.</param>
    public (Tensor Directions, double[] Gaps) Look(bool isSlow)
    {
        var directions = isSlow ? _newton.From(Point, _preconditioner) : _pairs.Directions(Point.Gradient, _preconditioner);
        // Of two approximate Hessians the one that says more.
        return (directions, [.. _preconditioner.Gaps(Point.Gradient).Zip(SoftmaxObjective.Host(directions.mul(Point.Gradient).sum([1, 2])), (gap, slope) => Math.Max(gap, -slope / 2))]);
    }

    /// <summary>Goes on; the lengths of the ways, [A], 0 where nothing is lower.</summary>
    public double[] Go(Tensor directions)
    {
        var (reached, lengths) = _search.Along(Point, directions);
        _pairs.Add(reached.Weights.sub(Point.Weights), reached.Gradient.sub(Point.Gradient), _preconditioner);
        Point.Dispose();
        Point = reached.Kept();
        return lengths;
    }

    /// <summary>Goes on with some of the problems, by place, and with others that join them; with one at least.</summary>
    public void Change(int[] places, Point? joining)
    {
        var point = places.Length == 0 ? joining! : joining is null ? Point.Select(places) : Point.Select(places).With(joining);
        var pairs = _pairs.Select(places, joining?.Problems.Length ?? 0);
        var preconditioner = new Preconditioner(point, _objective, _variances).Kept();
        Dispose();
        (Point, _pairs, _preconditioner) = (point.Kept(), pairs, preconditioner);
    }

    public void Dispose()
    {
        Point.Dispose();
        _pairs.Dispose();
        _preconditioner.Dispose();
    }
}
