using System.Collections.Immutable;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests;

/// <summary>
/// A cut edge is cut: its weight after the softmax is exactly zero, and what remains sums to one. Patterns come from the very kernel that the
/// forward uses, given unit vectors as values.
/// </summary>
public sealed class AttentionPatternTests
{
    public static TheoryData<string, ScalarType> Networks => new()
    {
        { "llava", ScalarType.Float32 },
        { "llava", ScalarType.BFloat16 },
        { "llava-siglip-qwen2", ScalarType.Float32 },
        { "mistral", ScalarType.Float32 },
        { "gemma2", ScalarType.Float32 },
        { "gemma2", ScalarType.BFloat16 },
        { "phi3-long", ScalarType.Float32 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Pattern_BlockedEdge_HasWeightZeroAndRowsSumToOne(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name, new NetworkOptions { Type = type });
        var batch = network.Vision is null
            ? new Batch([new PromptRow([.. TestNetworks.Words(1, 12)]), new PromptRow([.. TestNetworks.Words(2, 9)])])
            : new Batch([TestNetworks.Row(network, 1, 4, 6, 0), TestNetworks.Row(network, 2, 1, 3, 6)]);
        ImmutableArray<AttentionBlock> blocks =
        [
            new(Tower.Language, TokenSet.Last, TokenSet.Positions(4, 5, 6)),
            new(Tower.Language, TokenSet.Positions(7, 8), TokenSet.All) { Heads = [1], Layers = LayerSelection.Of(1, 3) },
        ];
        if (network.Vision is not null)
        {
            blocks = [.. blocks, new(Tower.Vision, TokenSet.Region, TokenSet.Outside), new(Tower.Vision, TokenSet.All, TokenSet.Region) { Layers = LayerSelection.LateHalf }];
        }

        var towers = network.Vision is null ? [Tower.Language] : new[] { Tower.Vision, Tower.Language };
        ImmutableArray<(Tower Tower, int Layer)> layers = [.. towers.SelectMany(tower => Enumerable.Range(0, 4).Select(layer => (tower, layer)))];
        using var result = network.Forward(batch, new ForwardRequest { Blocks = blocks, Patterns = layers, LogitsAt = TokenSet.Last });
        var tokens = network.Tokens(batch);
        var blockedEdges = 0L;
        foreach (var (tower, layer) in layers)
        {
            var pattern = result.Pattern(tower, layer).to_type(ScalarType.Float32);
            var (shape, sequences) = tower == Tower.Vision ? (network.VisionTower!.AttentionShape, tokens.Tiles) : (network.Decoder!.AttentionShape, tokens.Rows);
            var allowed = Allowed(shape, sequences, blocks.Where(block => block.Tower == tower), layer);
            blockedEdges += (~allowed).sum().ToInt64();
            Assert.Equal(0, pattern.masked_select(~allowed).abs().max().ToSingle());
            Assert.InRange((pattern.sum(-1) - 1).abs().max().ToSingle(), 0, type == ScalarType.Float32 ? 1e-5f : 2e-2f);
        }

        Assert.True(blockedEdges > 0);
    }

    [Fact]
    public void Attend_FusedAndCappedKernel_AgreeWhereTheCapDoesNothing()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var (query, key, value) = (randn(2, 3, 5, 8, generator: generator), randn(2, 3, 5, 8, generator: generator), randn(2, 3, 5, 4, generator: generator));
        var mask = rand(2, 1, 5, 5, generator: generator) > 0.4 | eye(5, dtype: ScalarType.Bool);
        var fused = new AttentionKernel(0.3, SoftCap: null).Attend(query, key, value, mask);
        var capped = new AttentionKernel(0.3, SoftCap: 1e4).Attend(query, key, value, mask);
        Assert.InRange(TestNetworks.Difference(capped, fused), 0, 1e-5);
    }

    /// <summary>The contract written once more, an edge at a time: [sequences, heads, queries, keys].</summary>
    private static Tensor Allowed(AttentionShape shape, IReadOnlyList<TokenSequence> sequences, IEnumerable<AttentionBlock> blocks, int layer)
    {
        var size = sequences[0].Length;
        var allowed = ones(sequences.Count, shape.HeadCount, size, size, ScalarType.Bool);
        foreach (var (index, sequence) in sequences.Index())
        {
            foreach (var (head, query, key) in from head in Enumerable.Range(0, shape.HeadCount) from query in Enumerable.Range(0, size) from key in Enumerable.Range(0, size) select (head, query, key))
            {
                var isPadding = query < sequence.Padding || key < sequence.Padding;
                var isCut = blocks.Any(block => block.Layers.Resolve(4).Contains(layer) && block.Heads?.Contains(head) != false
                    && sequence.Queries(block.From)[query] && sequence.Members(block.To)[key] && !(block.KeepSelf && query == key));
                var isSeen = !shape.Causal || (key <= query && !(shape.LayerWindows[layer] is { } window && query - key >= window));
                allowed[index, head, query, key] = isPadding ? query == key : isSeen && !isCut;
            }
        }

        return allowed;
    }
}
