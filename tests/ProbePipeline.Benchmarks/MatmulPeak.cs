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
    public static double Seconds(ScalarType type = ScalarType.Float32)
    {
        using var scope = NewDisposeScope();
        var (one, other) = (randn(Size, Size).to_type(type), randn(Size, Size).to_type(type));
        one.matmul(other);
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            using var product = one.matmul(other);
            return watch.Elapsed.TotalSeconds;
        });
    }

    /// <summary>Operations a second.</summary>
    public static double Rate(ScalarType type = ScalarType.Float32) => Operations / Seconds(type);
}
