namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// The length of a step along a line on which the objective is convex: found where the slope is at most half of what it was and the objective is no higher
/// (Nocedal and Wright 2006, Numerical Optimization, 3.5). Until then the secant of slopes says where to try next.
/// </summary>
/// <param name="slope">The slope where the line begins.</param>
internal sealed class StepLength(double slope)
{
    private const double Flat = 0.5;
    private const double MostGrowth = 4;
    private const double LeastPart = 0.1;

    private (double Length, double Slope) _low = (0, slope);
    private (double Length, double Slope)? _high;

    /// <summary>What is to be tried, or was found; 0 where the line leads uphill.</summary>
    public double Value { get; private set; } = slope < 0 ? 1 : 0;

    /// <summary>Whether the length is found; if not, another one is to be tried.</summary>
    /// <param name="there">The slope at that length.</param>
    /// <param name="isHigher">Whether the objective is higher there than where the line begins.</param>
    /// <param name="isLast">Whether to stay where the line begins if it is not found.</param>
    public bool Found(double there, bool isHigher, bool isLast)
    {
        if (Value == 0 || (!isHigher && Math.Abs(there) <= Flat * Math.Abs(slope)))
        {
            return true;
        }

        if (isHigher || there > 0)
        {
            _high = (Value, there);
        }
        else
        {
            _low = (Value, there);
        }

        Value = isLast ? 0 : Next(there);
        return false;
    }

    private double Next(double there)
    {
        if (_high is not { } high)
        {
            return Value * (there > slope ? Math.Clamp(slope / (slope - there), 1, MostGrowth) : MostGrowth);
        }

        var part = high.Slope > 0 ? _low.Slope / (_low.Slope - high.Slope) : 0.5;
        return _low.Length + ((high.Length - _low.Length) * Math.Clamp(part, LeastPart, 1 - LeastPart));
    }
}
