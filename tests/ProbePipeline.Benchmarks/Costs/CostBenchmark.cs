using System.Collections.Immutable;
using System.Diagnostics;
using ProbePipeline.Benchmarks.Forwards;
using ProbePipeline.Capture;
using ProbePipeline.Costs;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;

namespace ProbePipeline.Benchmarks.Costs;

/// <summary>What the cost model says of forwards of the benchmark model, beside what they take: the rate is measured before and after each, as the dry run measures it.</summary>
internal static class CostBenchmark
{
    private static readonly AttentionBlock VisionCut = new(Tower.Vision, TokenSet.All, TokenSet.All);
    private static readonly AttentionBlock DecoderCut = new(Tower.Language, TokenSet.Image, TokenSet.Image);

    private static readonly ImmutableArray<ConditionOptions> Conditions =
    [
        new("intact", []),
        new("vision-cut", [VisionCut]),
        new("decoder-cut", [DecoderCut]),
        new("both-cut", [VisionCut, DecoderCut]),
        new("question-cut", [new(Tower.Language, TokenSet.Question, TokenSet.Image)]),
        new("late-cut", [new(Tower.Language, TokenSet.Question, TokenSet.Region) { Layers = LayerSelection.LateHalf }]),
    ];

    public static void Run(int rounds, CancellationToken stop)
    {
        using var folder = new TemporaryFolder(BenchmarkModel.Bytes);
        BenchmarkModel.Write(folder.Path, stop);
        using var network = Network.Load(folder.Path);
        foreach (var (conditions, pictures, questions) in new[] { (1, 4, 1), (6, 4, 1), (6, 2, 6) })
        {
            var (ratio, beside) = Compare(network, conditions, pictures, questions, rounds, stop);
            Console.WriteLine($"{conditions} conditions x {pictures} pictures x {questions} questions: predicted over measured, median {ratio:p0}; {beside:f0} in place of {ForwardTime.Beside:f0} would have told the time");
        }
    }

    private static (double Ratio, double Beside) Compare(Network network, int conditions, int pictures, int questions, int rounds, CancellationToken stop)
    {
        var rows = BenchmarkModel.Rows(pictures, questions);
        var batch = new Batch(rows);
        Site[] sites = [.. from tower in new[] { Tower.Vision, Tower.Language } from layer in Enumerable.Range(0, 12) select Site.ResidualPost(tower, layer)];
        ForwardRequest[] requests =
            [.. Conditions.Take(conditions).Select(condition => new ForwardRequest { Blocks = condition.Blocks, Captures = [.. sites.Select(site => new SiteCapture(site, Pooling.RegionMean))] })];
        var marks = new PassMarks(network, rows[0]);
        var shape = NetworkShape.Of(network);
        var vision = network.Vision!;
        var prefix = rows[0].TokenIds.LastIndexOf(BenchmarkModel.ImageToken) + 1;
        var cost = ForwardCost.Of(
            shape, SharedWays.Of([.. Conditions.Take(conditions).Select(condition => marks.Of(condition, sites, answers: false))]),
            ForwardBatch.OfTiles(pictures, questions, vision.TokenCount, vision.PatchCount, prefix, batch.Length), headTokens: 0);
        Forward();
        var (ratios, besides) = (new List<double>(), new List<double>());
        var language = cost.Operations - cost.VisionOperations;
        var perWidth = (cost.VisionOperations / shape.Vision!.Width) + (language / shape.Language!.Width);
        for (var round = 0; round < rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            var rate = Rate();
            var seconds = Forward();
            rate = (rate + Rate()) / 2;
            ratios.Add(ForwardTime.Seconds(shape, cost, rate) / seconds);
            besides.Add(((seconds * rate) - cost.Operations) / perWidth);
            Console.WriteLine($"  {seconds:f2} s, {cost.Operations / seconds / 1e9:f0} of {rate / 1e9:f0} GFLOP/s, predicted over measured {ratios[^1]:p0}");
        }

        return (PairedRun.Median(ratios), PairedRun.Median(besides));

        double Rate() => ProductRate.Measure(network, 2048, shape.Language!.Width, shape.Language.InnerWidth);

        double Forward()
        {
            var watch = Stopwatch.StartNew();
            foreach (var result in network.Forward(batch, requests))
            {
                result.Dispose();
            }

            return watch.Elapsed.TotalSeconds;
        }
    }
}
