using System.Diagnostics;
using ProbePipeline.Models.Checkpoints;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks.Checkpoints;

/// <summary>What weights cost: memory of their own when they are mapped and when they are converted, and how fast mapped pages come.</summary>
internal static class CheckpointBenchmark
{
    private const int PageBytes = 4096;
    private const int ReadBytes = 16 << 20;
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
        var tensors = ReadAll(checkpoint, weights, stop);
        var seconds = watch.Elapsed.TotalSeconds;
        var read = AnonymousMemory.Now;
        TouchPages(tensors, stop);
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
        ReadAll(checkpoint, weights, stop);
        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"converted to float32: {converted / Gigabyte:f2} GB in {seconds:f2} s; anonymous memory {Megabytes(before)} before, "
            + $"{Megabytes(memory.Peak)} at its peak: {(double)(memory.Peak - before) / converted:f3} times the converted size more");
    }

    private static void ComparePaths(Checkpoint checkpoint, CancellationToken stop)
    {
        var buffer = new byte[ReadBytes];
        var run = new PairedRun(Rounds: 4);
        Report("from the disk", run.Measure(Touch, Read, before: Forget, stop));
        Read();
        Report("from the file cache", run.Measure(Touch, Read, before: () => { }, stop));

        void Touch()
        {
            using var weights = new CheckpointWeights(checkpoint, checkpoint.DominantType, CPU);
            TouchPages(ReadAll(checkpoint, weights, stop), stop);
        }

        void Read()
        {
            foreach (var file in checkpoint.Files)
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                while (stream.Read(buffer) > 0)
                {
                    stop.ThrowIfCancellationRequested();
                }
            }
        }

        void Forget()
        {
            foreach (var file in checkpoint.Files)
            {
                FileCache.Forget(file);
            }
        }

        void Report(string where, (double[] First, double[] Second, double MedianRatio) seconds) => Console.WriteLine(
            $"{where}: mapped pages touched at {Rate(seconds.First)}, files read plainly at {Rate(seconds.Second)} (medians of {run.Rounds}); "
            + $"mapping is {seconds.MedianRatio:f2} times as fast");

        string Rate(double[] seconds) => $"{checkpoint.ByteCount / Gigabyte / PairedRun.Median(seconds):f2} GB/s";
    }

    private static List<Tensor> ReadAll(Checkpoint checkpoint, CheckpointWeights weights, CancellationToken stop)
    {
        var reader = new WeightReader(weights);
        List<Tensor> tensors = [];
        foreach (var stored in checkpoint.Tensors.Values)
        {
            stop.ThrowIfCancellationRequested();
            tensors.Add(reader.Tensor(stored.Name, [.. stored.Shape]));
        }
        reader.Finish(checkpoint.Folder);
        return tensors;
    }

    private static void TouchPages(List<Tensor> tensors, CancellationToken stop)
    {
        var sum = 0;
        foreach (var tensor in tensors)
        {
            stop.ThrowIfCancellationRequested();
            var bytes = tensor.bytes;
            for (var at = 0; at < bytes.Length; at += PageBytes)
            {
                sum += bytes[at];
            }
        }
        // So that the reading cannot be left out.
        GC.KeepAlive(sum);
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:f0} MB";
}
