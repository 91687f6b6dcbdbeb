using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>The ticks of an axis, with the numbers that stand at them.</summary>
internal static class AxisTicks
{
    /// <summary>Ticks at chosen positions.</summary>
    public static void Set(IAxis axis, IEnumerable<(double Position, string Text)> ticks)
    {
        var chosen = ticks.ToArray();
        axis.SetTicks([.. chosen.Select(tick => tick.Position)], [.. chosen.Select(tick => tick.Text)]);
    }

    /// <summary>Ticks of a scale of shares, 0 to 1.</summary>
    public static void Shares(IAxis axis) => Set(axis, [(0, "0"), (0.2, "0.2"), (0.4, "0.4"), (0.6, "0.6"), (0.8, "0.8"), (1, "1")]);

    /// <summary>Ticks of a scale of differences of shares: the coarser, the more it spans.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="low">Its lower end, from -1 on.</param>
    /// <param name="high">Its upper end, 1 at most.</param>
    public static void Differences(IAxis axis, double low, double high)
    {
        var hundredths = (high - low) switch { > 1.1 => 20, > 0.4 => 10, > 0.2 => 5, _ => 2 };
        Set(
            axis,
            Enumerable.Range(-100 / hundredths, (200 / hundredths) + 1).Select(step => step * hundredths / 100.0)
                .Where(value => value >= low && value <= high).Select(value => (value, Shown.SignedHundredths(value))));
    }
}
