using System.Diagnostics;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Benchmarks.Statistics;

/// <summary>What intervals of 5 000 rows cost with 10 000 resamples: the draws once, then every interval and test on them.</summary>
internal static class BootstrapBenchmark
{
    private const int Rows = 5000;
    private const int Resamples = 10_000;
    private const int Vectors = 100;

    public static void Run(CancellationToken cancellation)
    {
        var random = new Random(1);
        double[] hits = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(2) - (double)random.Next(2))];
        foreach (var rowsPerPicture in new[] { 1, 6 })
        {
            cancellation.ThrowIfCancellationRequested();
            int[] pictures = [.. Enumerable.Range(0, Rows).Select(row => row / rowsPerPicture)];
            var clock = Stopwatch.StartNew();
            var bootstrap = new ClusterBootstrap(pictures, Resamples, 1);
            Report("bootstrap, draws");
            _ = bootstrap.Interval(hits);
            Report("bootstrap, one interval");
            for (var vector = 0; vector < Vectors; vector++)
            {
                _ = bootstrap.Interval(hits);
            }

            Report($"bootstrap, {Vectors} intervals");
            var flips = new SignFlipTest(pictures, Resamples, 1);
            Report("sign flips, draws");
            _ = flips.PValue(hits);
            Report("sign flips, one test");

            void Report(string what)
            {
                Console.WriteLine($"{what}, {Rows} rows of {pictures[^1] + 1} pictures, {Resamples} resamples: {clock.Elapsed.TotalSeconds:0.000} s");
                clock.Restart();
            }
        }
    }
}
