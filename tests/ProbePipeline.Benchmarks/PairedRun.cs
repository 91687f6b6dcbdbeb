using System.Diagnostics;

namespace ProbePipeline.Benchmarks;

/// <summary>
/// Times two ways to do one thing, turn by turn and each first as often as the other, so that a machine that slows down or speeds up
/// meanwhile does so for both.
/// </summary>
/// <param name="Rounds">How often each is run.</param>
internal sealed record PairedRun(int Rounds)
{
    /// <summary>Seconds of every round, and the median of their ratios.</summary>
    public (double[] First, double[] Second, double MedianRatio) Measure(Action first, Action second, Action before, CancellationToken stop)
    {
        var seconds = (First: new double[Rounds], Second: new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            if (round % 2 == 0)
            {
                seconds.First[round] = Time(first);
                seconds.Second[round] = Time(second);
            }
            else
            {
                seconds.Second[round] = Time(second);
                seconds.First[round] = Time(first);
            }
        }
        return (seconds.First, seconds.Second, Median(seconds.First.Zip(seconds.Second, (one, other) => other / one)));

        double Time(Action action)
        {
            stop.ThrowIfCancellationRequested();
            before();
            var watch = Stopwatch.StartNew();
            action();
            return watch.Elapsed.TotalSeconds;
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
