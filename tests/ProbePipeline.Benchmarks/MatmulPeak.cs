using System.Diagnostics;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks;

/// <summary>What this machine does at most: a square matrix product, by the same library that computes everything else.</summary>
internal static class MatmulPeak
{
    private const int Size = 2048;

    /// <summary>Operations of one product.</summary>
    public static double Operations { get; } = 2 * Math.Pow(Size, 3);

    /// <summary>Seconds of one product, the best of a few.</summary>
    public static double Seconds(ScalarType type = ScalarType.Float32, Device? device = null) => Times(type, device).Min();

    /// <summary>Seconds of some work, and those of a few products before it and as many behind.</summary>
    public static (double Work, double[] Products) Beside(Action work, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        var before = Times(type, device);
        var watch = Stopwatch.StartNew();
        work();
        var seconds = watch.Elapsed.TotalSeconds;
        return (seconds, [.. before, .. Times(type, device)]);
    }

    private static double[] Times(ScalarType type, Device? device)
    {
        using var scope = NewDisposeScope();
        var (one, other) = (randn(Size, Size).to_type(type).to(device ?? CPU), randn(Size, Size).to_type(type).to(device ?? CPU));
        Wait(one.matmul(other));
        return
        [
            .. Enumerable.Range(0, 5).Select(_ =>
            {
                var watch = Stopwatch.StartNew();
                using var product = one.matmul(other);
                Wait(product);
                return watch.Elapsed.TotalSeconds;
            }),
        ];
    }

    // A device computes on after the call has returned; reading one number waits for it.
    private static void Wait(Tensor product)
    {
        using var corner = product.narrow(0, 0, 1).narrow(1, 0, 1);
        using var read = corner.cpu();
    }
}
