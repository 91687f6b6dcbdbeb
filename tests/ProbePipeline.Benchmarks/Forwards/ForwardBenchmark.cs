using ProbePipeline.Models;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks.Forwards;

/// <summary>How much of what this machine can do at most the forwards of the benchmark model do, every layer captured.</summary>
internal static class ForwardBenchmark
{
    private const double Billion = 1e9;

    /// <param name="type">The type to compute in.</param>
    /// <param name="conditions">How many of the conditions.</param>
    /// <param name="pictures">Pictures a batch.</param>
    /// <param name="questions">Questions about each.</param>
    /// <param name="rounds">How often the peak and the forward are timed, turn by turn.</param>
    /// <param name="stop">Stops it.</param>
    /// <param name="device">Where it computes.</param>
    public static void Run(ScalarType type, int conditions, int pictures, int questions, int rounds, CancellationToken stop, string device = "cpu")
    {
        using var folder = new TemporaryFolder(BenchmarkModel.Bytes);
        BenchmarkModel.Write(folder.Path, stop);
        using var network = Network.Load(folder.Path, new NetworkOptions { Device = device, Type = type });
        var work = new ForwardWork(network, conditions, pictures, questions);
        work.Run();
        var shares = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            var (seconds, products) = MatmulPeak.Beside(work.Run, type, network.Device);
            var peak = MatmulPeak.Operations / products.Min();
            shares.Add(work.Operations / seconds / peak);
            Console.WriteLine($"{type}: peak {peak / Billion:f0} GFLOP/s; {conditions} conditions x {pictures} pictures x {questions} questions: "
                + $"{work.Count / seconds:f2} rows and conditions a second, {shares[^1]:p1} of the peak");
        }

        Console.WriteLine($"median {PairedRun.Median(shares):p1}");
    }
}
