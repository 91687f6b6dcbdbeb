using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Layers;

/// <summary>Attention with replaced keys against one that is written out: a token, a head, an edge at a time.</summary>
public sealed class SelfAttentionMeansTests
{
    private const int Rows = 2, Tokens = 7, Heads = 4, KeyValueHeads = 2, HeadSize = 6, Width = 10;

    [Theory]
    [InlineData(true, 4, null)]
    [InlineData(true, 6, 2.5)]
    [InlineData(false, 0, null)]
    public void Forward_TwoMeansACutAndPadding_EqualsTheDefinition(bool causal, int rotated, double? softCap)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var paddings = causal ? new[] { 0, 2 } : [0, 0];
        Linear Map(int to, int from) => new(randn(to, from, generator: generator), randn(to, generator: generator));
        var attention = new SelfAttention(
            Query: Map(Heads * HeadSize, Width), Key: Map(KeyValueHeads * HeadSize, Width), Value: Map(KeyValueHeads * HeadSize, Width), Out: new Linear(eye(Heads * HeadSize), null),
            HeadCount: Heads, KeyValueHeadCount: KeyValueHeads, new AttentionKernel(0.3, softCap));
        var means = new[] { 1, 2 }.Select(_ => randn(Width, generator: generator)).ToArray();
        KeyMeans Of(int mean) => new(ImmutableSortedDictionary<int, ImmutableArray<float>>.Empty.Add(0, [.. means[mean].data<float>()]));
        var tower = causal ? Tower.Language : Tower.Vision;
        AttentionBlock[] blocks =
        [
            new(tower, TokenSet.Positions(3, 5, 6), TokenSet.Positions(2, 3)) { Means = Of(0) },
            new(tower, TokenSet.Positions(5, 6), TokenSet.Positions(2, 4, 5)) { Means = Of(1), Heads = [1, 2], KeepSelf = false },
            new(tower, TokenSet.Positions(6), TokenSet.Positions(3)),
        ];
        TokenSequence[] sequences =
        [
            .. paddings.Select(padding => causal ? TokenSequence.OfRow(Tokens, padding, 0, [], [], null) : TokenSequence.OfTile(0, 0, Tokens, null)),
        ];
        using var mask = AttentionMask.Build(tower, new AttentionShape(Heads, causal, [null]), sequences, blocks, firstQuery: 0, CPU);
        var rotary = causal ? RotarySchedule.Standard(100, rotated).At(paddings, 0, Tokens, ScalarType.Float32, CPU) : null;
        var observer = new PatternKeeper();
        var x = randn(Rows, Tokens, Width, generator: generator);
        var actual = attention.Forward(x, new LayerContext(tower, 0, observer, mask.Edges(0)) { Rotary = rotary });

        var (query, key, value) = (Split(attention.Query, x, Heads), Split(attention.Key, x, KeyValueHeads), Split(attention.Value, x, KeyValueHeads));
        (query, key) = rotary is null ? (query, key) : (rotary.Rotate(query), rotary.Rotate(key));
        for (var row = 0; row < Rows; row++)
        {
            for (var head = 0; head < Heads; head++)
            {
                for (var q = paddings[row]; q < Tokens; q++)
                {
                    var group = head / (Heads / KeyValueHeads);
                    var seen = Enumerable.Range(paddings[row], Tokens - paddings[row]).Where(k => (!causal || k <= q) && !(q == 6 && k == 3)).ToArray();
                    var edges = seen.Select(k =>
                    {
                        var mean = q is 3 or 5 or 6 && k is 2 or 3 && k != q ? 0 : q is 5 or 6 && k is 2 or 4 or 5 && head is 1 or 2 ? 1 : -1;
                        var (content, position) = mean < 0
                            ? (value[row, group, k], key[row, group, k])
                            : (Split(attention.Value, means[mean].view(1, 1, Width), KeyValueHeads)[0, group, 0], Placed(mean, group, row, k));
                        var score = query[row, head, q].dot(position).ToDouble() * 0.3;
                        return (Content: content, Score: softCap is { } cap ? cap * Math.Tanh(score / cap) : score);
                    }).ToArray();
                    var weights = edges.Select(edge => Math.Exp(edge.Score)).ToArray();
                    var expected = edges.Zip(weights).Select(edge => edge.First.Content * (edge.Second / weights.Sum())).Aggregate((sum, next) => sum + next);
                    var found = actual[row, q].view(Heads, HeadSize)[head];
                    Assert.InRange((found - expected).abs().max().ToDouble(), 0, 1e-5);
                    foreach (var (k, weight) in seen.Zip(weights))
                    {
                        Assert.InRange(observer.Pattern![row, head, q, k].ToDouble() - (weight / weights.Sum()), -1e-6, 1e-6);
                    }
                }
            }
        }

        Tensor Placed(int mean, int group, int row, int k)
        {
            // The mean key stands at the token's place: only there is its content turned.
            var everywhere = Split(attention.Key, means[mean].view(1, 1, Width).expand(Rows, Tokens, Width), KeyValueHeads);
            return (rotary is null ? everywhere : rotary.Rotate(everywhere))[row, group, k];
        }
    }

    private static Tensor Split(Linear map, Tensor x, int heads) => map.Forward(x).view(x.shape[0], x.shape[1], heads, HeadSize).transpose(1, 2);

    private sealed class PatternKeeper : IStateObserver
    {
        public Tensor? Pattern { get; private set; }

        public bool Wants(Site site) => false;

        public void Observe(Site site, Tensor states) => throw new InvalidOperationException();

        public bool WantsPattern(Tower tower, int layer) => true;

        public void ObservePattern(Tower tower, int layer, Tensor pattern) => Pattern = pattern;
    }
}
