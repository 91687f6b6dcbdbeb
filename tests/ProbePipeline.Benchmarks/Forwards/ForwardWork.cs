using System.Collections.Immutable;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Benchmarks.Forwards;

/// <summary>One batch of the benchmark model under some of the conditions, every layer captured.</summary>
internal sealed class ForwardWork
{
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

    private static readonly SiteCapture LastLayer = new(Site.ResidualPost(Tower.Language, 11), Pooling.RegionMean);

    private readonly Network _network;
    private readonly Batch _batch;
    private readonly ForwardRequest[] _requests;

    /// <param name="network">The benchmark model.</param>
    /// <param name="conditions">How many of the conditions.</param>
    /// <param name="pictures">Pictures of the batch.</param>
    /// <param name="questions">Questions about each.</param>
    public ForwardWork(Network network, int conditions, int pictures, int questions)
    {
        _network = network;
        _batch = new Batch(BenchmarkModel.Rows(pictures, questions));
        SiteCapture[] captures =
        [
            .. from tower in new[] { Tower.Vision, Tower.Language }
               from layer in Enumerable.Range(0, 12)
               select new SiteCapture(Site.ResidualPost(tower, layer), Pooling.RegionMean),
        ];
        _requests = [.. Conditions.Take(conditions).Select(blocks => new ForwardRequest { Blocks = blocks, Captures = [.. captures] })];
    }

    /// <summary>Rows times conditions.</summary>
    public int Count => _batch.Rows.Length * _requests.Length;

    /// <summary>Operations that every row under every condition by itself would take.</summary>
    public double Operations => Count * BenchmarkModel.OperationsPerRow(_network);

    public void Run()
    {
        foreach (var result in _network.Forward(_batch, _requests))
        {
            // A device computes behind our back until somebody reads.
            using var read = result[LastLayer].Values.cpu();
            result.Dispose();
        }
    }
}
