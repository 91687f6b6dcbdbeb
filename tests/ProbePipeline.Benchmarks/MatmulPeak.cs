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
    public static double Seconds(ScalarType type = ScalarType.Float32, Device? device = null)
    {
        using var scope = NewDisposeScope();
        var (one, other) = (randn(Size, Size).to_type(type).to(device ?? CPU), randn(Size, Size).to_type(type).to(device ?? CPU));
        Wait(one.matmul(other));
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            using var product = one.matmul(other);
            Wait(product);
            return watch.Elapsed.TotalSeconds;
        });
    }

    /// <summary>Operations a second.</summary>
    public static double Rate(ScalarType type = ScalarType.Float32, Device? device = null) => Operations / Seconds(type, device);

    // A device computes on after the call has returned; reading one number waits for it.
    private static void Wait(Tensor product)
    {
        using var corner = product.narrow(0, 0, 1).narrow(1, 0, 1);
        using var read = corner.cpu();
    }
}
