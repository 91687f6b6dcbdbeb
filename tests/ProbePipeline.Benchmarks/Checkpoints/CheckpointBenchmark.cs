using System.Diagnostics;
using ProbePipeline.Models.Checkpoints;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks.Checkpoints;

/// <summary>What weights cost: memory of their own when they are mapped and when they are converted, and how fast mapped pages come.</summary>
internal static class CheckpointBenchmark
{
    private const double Gigabyte = 1e9;

    public static void Run(int decoderLayers, CancellationToken stop)
    {
        var random = new RandomCheckpoint(decoderLayers);
        using var folder = new TemporaryFolder(random.Bytes);
        var watch = Stopwatch.StartNew();
        random.Write(folder.Path, stop);
        Console.WriteLine($"written: {random.Bytes / Gigabyte:f2} GB in {watch.Elapsed.TotalSeconds:f1} s");

        // Whatever libtorch needs for itself is there before anything is weighed.
        using (var some = randn(1 << 20))
        using (some.to(ScalarType.BFloat16))
        {
        }

        watch.Restart();
        var checkpoint = Checkpoint.Open(folder.Path);
        Console.WriteLine($"opened: {checkpoint.Tensors.Count} tensors in {checkpoint.Files.Length} files, {watch.Elapsed.TotalMilliseconds:f0} ms");

        WeighMapped(checkpoint, stop);
        WeighConverted(checkpoint, stop);
        ComparePaths(checkpoint, stop);
    }

    private static void WeighMapped(Checkpoint checkpoint, CancellationToken stop)
    {
        var before = AnonymousMemory.Now;
        using var memory = AnonymousMemory.Watched();
        using var weights = new CheckpointWeights(checkpoint, checkpoint.DominantType, CPU);
        var watch = Stopwatch.StartNew();
        var tensors = LoadingPaths.ReadAll(checkpoint, weights, stop);
        var seconds = watch.Elapsed.TotalSeconds;
        var read = AnonymousMemory.Now;
        LoadingPaths.TouchPages(tensors, stop);
        Console.WriteLine(
            $"mapped: every tensor in {seconds * 1e3:f0} ms; anonymous memory {Megabytes(before)} before, {Megabytes(read)} after reading, "
            + $"{Megabytes(AnonymousMemory.Now)} after touching every page, {Megabytes(memory.Peak)} at its peak; "
            + $"{AnonymousMemory.Mapped / Gigabyte:f2} GB of files present");
    }

    private static void WeighConverted(Checkpoint checkpoint, CancellationToken stop)
    {
        var converted = 2 * checkpoint.ByteCount;
        if (converted > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.7)
        {
            Console.WriteLine($"converted: left out, float32 takes {converted / Gigabyte:f1} GB");
            return;
        }
        var before = AnonymousMemory.Now;
        using var memory = AnonymousMemory.Watched();
        using var weights = new CheckpointWeights(checkpoint, ScalarType.Float32, CPU);
        var watch = Stopwatch.StartNew();
        LoadingPaths.ReadAll(checkpoint, weights, stop);
        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"converted to float32: {converted / Gigabyte:f2} GB in {seconds:f2} s; anonymous memory {Megabytes(before)} before, "
            + $"{Megabytes(memory.Peak)} at its peak: {(double)(memory.Peak - before) / converted:f3} times the converted size more");
    }

    private static void ComparePaths(Checkpoint checkpoint, CancellationToken stop)
    {
        var paths = new LoadingPaths(checkpoint, stop);
        var run = new PairedRun(Rounds: 4);
        Report("from the disk", paths.FromDisk(run));
        Report("from the file cache", paths.FromCache(run));

        void Report(string where, (double[] First, double[] Second, double MedianRatio) seconds) => Console.WriteLine(
            $"{where}: mapped pages touched at {Rate(seconds.First)}, files read plainly at {Rate(seconds.Second)} (medians of {run.Rounds}); "
            + $"mapping is {seconds.MedianRatio:f2} times as fast");

        string Rate(double[] seconds) => $"{checkpoint.ByteCount / Gigabyte / PairedRun.Median(seconds):f2} GB/s";
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:f0} MB";
}
