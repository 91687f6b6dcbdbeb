using System.Collections.Immutable;
using System.Diagnostics;
using ProbePipeline.Probes.Training;
using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Benchmarks.Training;

/// <summary>Trainers on sites with seven penalties, in units of what this machine needs for a matrix product.</summary>
internal static class TrainerBenchmark
{
    private const double Gigabyte = 1e9;

    /// <summary>The batched trainer on sites side by side, to its own tolerance and as near to the minimum as scikit-learn's default.</summary>
    public static void RunSites(int sites, CancellationToken stop)
    {
        GC.Collect();
        var before = AnonymousMemory.Now;
        using var memory = AnonymousMemory.Watched();
        var work = new SiteWork(sites);
        var nearest = Timed("to its own tolerance", null);
        var near = Timed("as near as scikit-learn", SiteWork.LikeScikitLearn);
        Console.WriteLine($"the latter's objectives are at most {work.LargestGap(near, nearest):e1} above the former's, scikit-learn's {SiteWork.ScikitLearnGap:e0}; "
            + $"{(memory.Peak - before) / Gigabyte:f2} GB at the peak, features included");

        ImmutableArray<LinearWeights>[] Timed(string name, double? tolerance)
        {
            ImmutableArray<LinearWeights>[] fitted = [];
            var (seconds, products) = MatmulPeak.Beside(() => fitted = work.Fit(tolerance, stop));
            var each = seconds / products.Average() / sites;
            Console.WriteLine($"{sites} sites {name}: {seconds:f1} s, {each:f1} times a 2048³ product a site, {SiteWork.ScikitLearnProducts / each:f1} times as fast as scikit-learn");
            return fitted;
        }
    }

    /// <summary>Both trainers on one site.</summary>
    public static void Run(RandomSite site, CancellationToken stop)
    {
        var set = site.Build(seed: 1);
        Console.WriteLine($"{site.Rows} x {site.Width}, {site.Classes} classes, {RandomSite.Penalties.Length} penalties");
        for (var round = 0; round < 2; round++)
        {
            var peak = MatmulPeak.Seconds();
            var batched = Time(new BatchedTrainer(), set, peak, stop);
            var lbfgs = Time(new LbfgsTrainer(), set, MatmulPeak.Seconds(), stop);
            Console.WriteLine($"batched is {lbfgs.Units / batched.Units:f1} times as fast");
            foreach (var (problem, one, other) in set.Problems.Zip(batched.Objectives, lbfgs.Objectives))
            {
                Console.WriteLine($"  l2 {problem.L2:g}: objective {one:f9}, {one - other:e1} above the other's");
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
        return (seconds / peak, SiteObjective.Of(set, fitted));
    }
}
