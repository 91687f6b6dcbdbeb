using System.Collections.Immutable;
using System.Diagnostics;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks.Forwards;

/// <summary>How much of what this machine can do at most the forwards of the benchmark model do, every layer captured.</summary>
internal static class ForwardBenchmark
{
    private const double Billion = 1e9;

    private static readonly AttentionBlock VisionCut = new(Tower.Vision, TokenSet.All, TokenSet.All);
    private static readonly AttentionBlock DecoderCut = new(Tower.Language, TokenSet.Image, TokenSet.Image);

    private static readonly ImmutableArray<ImmutableArray<AttentionBlock>> Conditions =
    [
        [],
        [VisionCut],
        [DecoderCut],
        [VisionCut, DecoderCut],
        [new(Tower.Language, TokenSet.Question, TokenSet.Image)],
        [new(Tower.Language, TokenSet.Question, TokenSet.Region) { Layers = LayerSelection.LateHalf }],
    ];

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
        var batch = new Batch(BenchmarkModel.Rows(pictures, questions));
        var anyCapture = new SiteCapture(Site.ResidualPost(Tower.Language, 11), Pooling.RegionMean);
        SiteCapture[] captures =
        [
            .. from tower in new[] { Tower.Vision, Tower.Language }
               from layer in Enumerable.Range(0, 12)
               select new SiteCapture(Site.ResidualPost(tower, layer), Pooling.RegionMean),
        ];
        ForwardRequest[] requests = [.. Conditions.Take(conditions).Select(blocks => new ForwardRequest { Blocks = blocks, Captures = [.. captures] })];
        var operations = BenchmarkModel.OperationsPerRow(network);
        Forward();
        var shares = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            var peak = MatmulPeak.Rate(type, network.Device);
            var seconds = Forward();
            peak = Math.Max(peak, MatmulPeak.Rate(type, network.Device));
            var rate = batch.Rows.Length * conditions / seconds;
            shares.Add(rate * operations / peak);
            Console.WriteLine($"{type}: peak {peak / Billion:f0} GFLOP/s; {conditions} conditions x {pictures} pictures x {questions} questions: "
                + $"{rate:f2} rows and conditions a second, {shares[^1]:p1} of the peak");
        }

        Console.WriteLine($"median {PairedRun.Median(shares):p1}");

        double Forward()
        {
            var watch = Stopwatch.StartNew();
            foreach (var result in network.Forward(batch, requests))
            {
                // A device computes behind our back until somebody reads.
                using var read = result[anyCapture].Values.cpu();
                result.Dispose();
            }

            return watch.Elapsed.TotalSeconds;
        }
    }
}
