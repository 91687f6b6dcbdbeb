using System.Diagnostics;
using ProbePipeline.Models;
using static TorchSharp.torch;

namespace ProbePipeline.Capture;

/// <summary>What a network's device does at most: matrix products of its own type and widths, timed.</summary>
public static class ProductRate
{
    private const int Rounds = 12;

    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(150);

    /// <summary>Floating point operations a second of the product [rows, inner] x [inner, columns]: the best of a few, in 0.15 s or two products where they take longer.</summary>
    /// <param name="network">The network, whose type and device are taken.</param>
    /// <param name="rows">Rows of the left matrix.</param>
    /// <param name="inner">Its columns.</param>
    /// <param name="columns">Columns of the right one.</param>
    public static double Measure(Network network, int rows, int inner, int columns)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var left = ones(rows, inner, dtype: network.Type, device: network.Device);
        var right = ones(inner, columns, dtype: network.Type, device: network.Device);
        Multiply();
        var all = Stopwatch.StartNew();
        var best = double.MaxValue;
        for (var round = 0; round < 2 || (round < Rounds && all.Elapsed < Enough); round++)
        {
            var watch = Stopwatch.StartNew();
            Multiply();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return 2.0 * rows * inner * columns / best;

        // A number is read back, since a device may only have taken the order.
        void Multiply()
        {
            using var product = left.matmul(right);
            using var first = product[0, 0].to_type(ScalarType.Float32).cpu();
            first.item<float>();
        }
    }
}
