using ProbePipeline.Benchmarks.Checkpoints;
using ProbePipeline.Benchmarks.Forwards;
using ProbePipeline.Benchmarks.Training;
using ProbePipeline.Models;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Testing;

namespace ProbePipeline.Benchmarks.Ratios;

/// <summary>
/// Measures the ratios that a change must not lower, and holds them against those committed. Each is the median of rounds, and within a round what is divided
/// by what runs next to it; so a machine that is slower altogether has the same ratios.
/// </summary>
internal static class RatioBenchmark
{
    private const int Sites = 4;

    private static readonly string CommittedFile = Path.Combine(Repository.Root, "tests", "ProbePipeline.Benchmarks", "ratios.json");

    /// <param name="rounds">How often everything is timed.</param>
    /// <param name="update">Writes the file anew instead of judging by it.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>Whether all ratios hold; after an update they do.</returns>
    /// <exception cref="InvalidDataException">The committed ratios cannot be read.</exception>
    public static bool Run(int rounds, bool update, CancellationToken stop)
    {
        // Before minutes of measuring.
        var committed = update && !File.Exists(CommittedFile) ? [] : RatioFile.Read(CommittedFile);
        var measured = Measure(rounds, stop);
        var comparisons = RatioComparison.Of(committed, measured);
        foreach (var line in RatioComparison.Table(comparisons))
        {
            Console.WriteLine(line);
        }

        if (update)
        {
            RatioFile.Write(CommittedFile, measured);
            Console.WriteLine($"verify-speed: written to {CommittedFile}");
            return true;
        }

        Console.WriteLine(RatioComparison.Summary(comparisons));
        return comparisons.All(comparison => comparison.Holds);
    }

    private static OrderedDictionary<string, double> Measure(int rounds, CancellationToken stop)
    {
        using var folder = new TemporaryFolder(BenchmarkModel.Bytes);
        BenchmarkModel.Write(folder.Path, stop);
        var measured = new OrderedDictionary<string, double>();
        // While no network has the files mapped.
        var loading = new LoadingPaths(Checkpoint.Open(folder.Path), stop);
        Add("loading: mapped from the disk", loading.FromDisk(new PairedRun(rounds)).MedianRatio);
        Add("loading: mapped from the file cache", loading.FromCache(new PairedRun(rounds)).MedianRatio);
        using (var network = Network.Load(folder.Path))
        {
            Add("forwards: one condition, one question", Forwards(network, conditions: 1, pictures: 4, questions: 1));
            Add("forwards: six conditions, one question", Forwards(network, conditions: 6, pictures: 4, questions: 1));
            Add("forwards: six conditions, six questions", Forwards(network, conditions: 6, pictures: 2, questions: 6));
        }

        var sites = new SiteWork(Sites);
        sites.RequireLikeScikitLearn(stop);
        Add("probes: batched trainer", Probes(null));
        Add("probes: batched trainer, as near to the minimum as scikit-learn", Probes(SiteWork.LikeScikitLearn));
        return measured;

        double Probes(double? tolerance) => Sites * SiteWork.ScikitLearnProducts / Products(() => sites.Fit(tolerance, stop));

        double Forwards(Network network, int conditions, int pictures, int questions)
        {
            var work = new ForwardWork(network, conditions, pictures, questions);
            return work.Operations / MatmulPeak.Operations / Products(work.Run);
        }

        double Products(Action work)
        {
            work();
            return PairedRun.Median(Enumerable.Range(0, rounds).Select(_ =>
            {
                stop.ThrowIfCancellationRequested();
                // Not the best of them: where other programs compute too, they slow down both or neither.
                var (seconds, products) = MatmulPeak.Beside(work);
                return seconds / products.Average();
            }));
        }

        void Add(string name, double ratio)
        {
            Console.WriteLine($"measured: {name}: {ratio:0.000}");
            measured[name] = ratio;
        }
    }
}
