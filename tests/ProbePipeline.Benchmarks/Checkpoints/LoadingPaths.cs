using ProbePipeline.Models.Checkpoints;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks.Checkpoints;

/// <summary>The bytes of a checkpoint on two ways: its tensors opened and every page touched, and its files read plainly.</summary>
/// <param name="checkpoint">The checkpoint; nothing else has its files mapped.</param>
/// <param name="stop">Stops it.</param>
internal sealed class LoadingPaths(Checkpoint checkpoint, CancellationToken stop)
{
    private const int PageBytes = 4096;
    private const int ReadBytes = 16 << 20;

    private readonly byte[] _buffer = new byte[ReadBytes];

    /// <summary>Seconds of touching and of reading when the system has forgotten the files, and how many times as fast touching is.</summary>
    public (double[] First, double[] Second, double MedianRatio) FromDisk(PairedRun run) => run.Measure(Touch, Read, before: Forget, stop);

    /// <summary>The same when it has them in memory.</summary>
    public (double[] First, double[] Second, double MedianRatio) FromCache(PairedRun run)
    {
        Read();
        return run.Measure(Touch, Read, before: () => { }, stop);
    }

    public static List<Tensor> ReadAll(Checkpoint checkpoint, CheckpointWeights weights, CancellationToken stop)
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

    public static void TouchPages(List<Tensor> tensors, CancellationToken stop)
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

    private void Touch()
    {
        using var weights = new CheckpointWeights(checkpoint, checkpoint.DominantType, CPU);
        TouchPages(ReadAll(checkpoint, weights, stop), stop);
    }

    private void Read()
    {
        foreach (var file in checkpoint.Files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            while (stream.Read(_buffer) > 0)
            {
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    private void Forget()
    {
        foreach (var file in checkpoint.Files)
        {
            FileCache.Forget(file);
        }
    }
}
