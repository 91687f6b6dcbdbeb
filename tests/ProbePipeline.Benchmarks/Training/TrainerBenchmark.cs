using System.Diagnostics;
using ProbePipeline.Probes.Training;
using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Benchmarks.Training;

/// <summary>Both trainers on one site at seven penalties, in units of what this machine needs for a matrix product.</summary>
internal static class TrainerBenchmark
{
    private const double Gigabyte = 1e9;

    public static void Run(RandomSite site, bool batchedOnly, CancellationToken stop)
    {
        var set = site.Build(seed: 1);
        Console.WriteLine($"{site.Rows} x {site.Width}, {site.Classes} classes, {RandomSite.Penalties.Length} penalties");
        for (var round = 0; round < 2; round++)
        {
            var peak = MatmulPeak.Seconds();
            var batched = Time(new BatchedTrainer(), set, peak, stop);
            if (!batchedOnly)
            {
                var lbfgs = Time(new LbfgsTrainer(), set, MatmulPeak.Seconds(), stop);
                Console.WriteLine($"batched is {lbfgs.Units / batched.Units:f1} times as fast");
                foreach (var (problem, one, other) in set.Problems.Zip(batched.Objectives, lbfgs.Objectives))
                {
                    Console.WriteLine($"  l2 {problem.L2:g}: objective {one:f9}, {one - other:e1} above the other's");
                }
            }
        }
    }

    private static (double Units, double[] Objectives) Time(IProbeTrainer trainer, TrainingSet set, double peak, CancellationToken stop)
    {
        GC.Collect();
        var before = AnonymousMemory.Now;
        using var memory = AnonymousMemory.Watched();
        var watch = Stopwatch.StartNew();
        var fitted = trainer.Fit([set], stop)[0];
        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine($"{trainer.Description}: {seconds:f2} s, {seconds / peak:f0} times a 2048³ product in single precision ({MatmulPeak.Operations / peak / Gigabyte:f0} GFLOP/s); "
            + $"{(memory.Peak - before) / Gigabyte:f2} GB more at its peak");
        return (seconds / peak, [.. set.Problems.Zip(fitted, (problem, weights) => Objective(set, problem, weights))]);
    }

    private static double Objective(TrainingSet set, ProbeProblem problem, LinearWeights weights) =>
        weights.Probabilities(set.Features.Span, set.Rows).Zip(problem.Labels, (row, label) => -Math.Log(row[label])).Average()
        + (problem.L2 / 2 * weights.Weights.Sum(vector => vector.Sum(weight => (double)weight * weight)));
}
