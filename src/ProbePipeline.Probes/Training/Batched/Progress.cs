namespace ProbePipeline.Probes.Training.Batched;

/// <summary>How a problem has come down so far, and whether it is near enough to its minimum.</summary>
/// <param name="gapTolerance">How far above its minimum the objective may end.</param>
/// <param name="isQuick">Whether rounds are quick, so that what comes near may as well come nearer.</param>
internal sealed class Progress(double gapTolerance, bool isQuick)
{
    // An estimate by an approximate Hessian may be several times too small.
    private const double Caution = 5;
    private const double QuickShare = 0.01;

    // Rounds of which the falls are compared.
    private const int Window = 10;

    // From so many rounds without a better estimate on, rounding is what is left.
    private const int MostIdleRounds = 100;
    private const double Better = 0.9;

    // So many rounds are many where the preconditioner is near the Hessian.
    private const int MostQuasiNewtonRounds = 60;

    private readonly double _tolerance = isQuick ? QuickShare * gapTolerance : gapTolerance;
    private readonly List<double> _objectives = [];
    private double _least = double.PositiveInfinity;
    private int _idleRounds;

    /// <summary>What estimates are to fall to.</summary>
    public double Aim => _tolerance / Caution;

    /// <summary>Whether quasi-Newton steps take too long; Newton's own, which say themselves how much is left, do better then.</summary>
    public bool IsSlow => _objectives.Count >= MostQuasiNewtonRounds;

    /// <summary>Whether rounding hides what is left to descend.</summary>
    public bool IsIdle => _idleRounds > MostIdleRounds;

    /// <summary>Notes a round; whether the objective is near enough.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="gap">Its estimated height above the minimum.</param>
    public bool IsNear(double objective, double gap)
    {
        _objectives.Add(objective);
        if (gap <= Aim && (IsSlow || Extrapolated() <= _tolerance))
        {
            return true;
        }

        _idleRounds = gap < Better * _least ? 0 : _idleRounds + 1;
        _least = Math.Min(_least, gap);
        return false;
    }

    /// <summary>Nothing lower was found.</summary>
    public void Stop() => _idleRounds = MostIdleRounds + 1;

    // What is left if falls go on shrinking as they did; nothing where it went too fast to tell.
    private double Extrapolated()
    {
        if (_objectives.Count <= 2 * Window)
        {
            return 0;
        }

        var (before, last) = (_objectives[^((2 * Window) + 1)] - _objectives[^(Window + 1)], _objectives[^(Window + 1)] - _objectives[^1]);
        return last <= Aim ? Math.Max(last, 0) : before > last ? last * last / (before - last) : double.PositiveInfinity;
    }
}
