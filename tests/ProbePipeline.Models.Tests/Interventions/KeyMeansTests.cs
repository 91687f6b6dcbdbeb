using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Interventions;

[Collection(LiveTensors.Name)]
public sealed class KeyMeansTests
{
    public static TheoryData<string> Networks => ["llava", "llava-siglip-qwen2"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_ReplacedToken_ReachesNoQueryOfTheBlockInThatLayer(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        var batch = new Batch(TestNetworks.ThreeRows(network));
        foreach (var tower in new[] { Tower.Vision, Tower.Language })
        {
            var (from, to) = (TokenSet.All - TokenSet.Region, TokenSet.Region);
            var block = new AttentionBlock(tower, from, to) { Layers = LayerSelection.Of(0), Means = Means(network, tower, seed: 1) };
            var (queries, others) = (StatePatch.CaptureOf(Site.AttentionOut(tower, 0), from), StatePatch.CaptureOf(Site.AttentionOut(tower, 0), to));
            var states = StatePatch.CaptureOf(Site.Embeddings(tower), to);
            using var donor = network.Forward(batch, new ForwardRequest { Captures = [states] });
            using var noise = donor[states] with { Values = (donor[states].Values * -2) + 1 };
            ImmutableArray<StateEdit> changed = [new StatePatch(Site.Embeddings(tower), to, noise)];

            // Without the block the change arrives, so what follows says something.
            using var intact = network.Forward(batch, new ForwardRequest { Captures = [queries, others] });
            using var changedIntact = network.Forward(batch, new ForwardRequest { Captures = [queries], Edits = changed });
            Assert.False(Same(intact[queries], changedIntact[queries]), $"{name}, {tower}");

            using var replaced = network.Forward(batch, new ForwardRequest { Captures = [queries, others], Blocks = [block] });
            using var changedReplaced = network.Forward(batch, new ForwardRequest { Captures = [queries], Blocks = [block], Edits = changed });
            Assert.True(Same(replaced[queries], changedReplaced[queries]), $"{name}, {tower}");
            Assert.False(Same(intact[queries], replaced[queries]), $"{name}, {tower}");
            // Tokens whose edges all stay have what they had.
            Assert.True(Same(intact[others], replaced[others]), $"{name}, {tower}");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_MeanOfASingleTokenOfASingleRow_ChangesNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        var batch = new Batch([TestNetworks.Row(network, seed: 1, before: 4, after: 6, region: 0)]);
        foreach (var (tower, to) in new[] { (Tower.Vision, TokenSet.Positions(3)), (Tower.Language, TokenSet.Positions(7)) })
        {
            var layers = tower == Tower.Vision ? network.Vision!.LayerCount : network.Language!.LayerCount;
            ImmutableArray<SiteCapture> inputs = [.. Enumerable.Range(0, layers).Select(layer => KeyMeans.CaptureOf(tower, layer, to))];
            ImmutableArray<SiteCapture> outputs = [.. Enumerable.Range(0, layers).Select(layer => new SiteCapture(Site.ResidualPost(tower, layer), Pooling.Tokens))];
            using var intact = network.Forward(batch, new ForwardRequest { Captures = [.. inputs, .. outputs] });
            var means = new KeyMeans(inputs.Index().ToImmutableSortedDictionary(input => input.Index, input => intact[input.Item].Values.data<float>().ToImmutableArray()));
            var block = new AttentionBlock(tower, TokenSet.All, to) { KeepSelf = false, Means = means };
            using var replaced = network.Forward(batch, new ForwardRequest { Captures = outputs, Blocks = [block] });
            foreach (var output in outputs)
            {
                Assert.InRange(TestNetworks.Difference(replaced[output].Values, intact[output].Values), 0, 1e-5);
            }
        }
    }

    [Theory]
    [InlineData("llava")]
    [InlineData("llava-siglip-qwen2")]
    public void Forward_RowsWithDifferentRegionsAndLengths_EqualsTheRowsOneByOne(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        var rows = TestNetworks.ThreeRows(network);
        rows[2] = rows[2] with { Pictures = [rows[0].Pictures[0] with { Region = rows[2].Pictures[0].Region }] };
        var request = new ForwardRequest { Captures = TestNetworks.Captures(network), Blocks = Blocks(network), LogitsAt = TokenSet.Question };
        request = request with { Captures = [.. request.Captures.Where(capture => name == "llava" || capture.Pooling != Pooling.ClassToken)] };
        using var together = network.Forward(new Batch(rows), request);
        RowsAlone.AssertEqual(network, rows, request, together);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Generate_WithMeans_EqualsForwardsWithoutACache(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        PromptRow[] rows = [TestNetworks.Row(network, 1, 4, 6, 0), TestNetworks.Row(network, 2, 1, 3, 6)];
        const int Steps = 6;
        var blocks = Blocks(network);
        var cached = network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = Steps, Blocks = blocks });
        var intact = network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = Steps });
        Assert.False(cached.SelectMany(answer => answer).SequenceEqual(intact.SelectMany(answer => answer)));
        Assert.Equal(UncachedAnswers.Of(network, rows, new ForwardRequest { Blocks = blocks }, Steps), cached.Select(answer => answer.ToArray()));
    }

    [Theory]
    [InlineData("llama3-rope")]
    [InlineData("mistral")]
    [InlineData("qwen2")]
    [InlineData("gemma2")]
    [InlineData("phi3")]
    [InlineData("phi3-long")]
    public void Generate_EveryDecoder_PlacesMeansAtTheKeysPositions(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        // One of phi3-long's rows outgrows the short frequencies (16 tokens) while it answers: means are turned by the row's angles.
        PromptRow[] rows = [new([.. TestNetworks.Words(1, 14)]), new([.. TestNetworks.Words(3, 5)])];
        var to = TokenSet.Positions(10, 11);
        ImmutableArray<AttentionBlock> blocks = [new(Tower.Language, TokenSet.All - to, to) { Means = Means(network, Tower.Language, seed: 4) }];
        const int Steps = 6;
        var cached = network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = Steps, Blocks = blocks });
        Assert.Equal(UncachedAnswers.Of(network, rows, new ForwardRequest { Blocks = blocks }, Steps), cached.Select(answer => answer.ToArray()));
    }

    [Fact]
    public void Forward_EdgesThatAnotherBlockCuts_StayCut()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var batch = new Batch(TestNetworks.ThreeRows(network));
        var cut = new AttentionBlock(Tower.Language, TokenSet.Question, TokenSet.Image);
        var means = new AttentionBlock(Tower.Language, TokenSet.Question, TokenSet.Region) { Means = Means(network, Tower.Language, seed: 1) };
        var request = new ForwardRequest { Captures = TestNetworks.Captures(network), LogitsAt = TokenSet.All };
        using var expected = network.Forward(batch, request with { Blocks = [cut] });
        using var both = network.Forward(batch, request with { Blocks = [means, cut] });
        InterventionCases.AssertSame(request, expected, both, "cut and replaced");
    }

    [Fact]
    public void Forward_OtherMeans_AreAnotherCondition()
    {
        using var network = TestNetworks.Load("llava");
        var batch = new Batch(TestNetworks.ThreeRows(network));
        var block = new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.Patches);
        var capture = new SiteCapture(Site.ResidualPost(Tower.Vision, 1), Pooling.RegionMean);
        var results = network.Forward(batch,
        [
            .. new[] { 1, 2 }.Select(seed => new ForwardRequest { Captures = [capture], Blocks = [block with { Means = Means(network, Tower.Vision, seed) }] }),
        ]);
        Assert.False(Same(results[0][capture], results[1][capture]));
        foreach (var result in results)
        {
            result.Dispose();
        }
    }

    [Fact]
    public void Forward_Means_LeaveNoTensorBehind()
    {
        using var network = TestNetworks.Load("llava");
        var batch = new Batch(TestNetworks.ThreeRows(network));
        var request = new ForwardRequest { LogitsAt = TokenSet.Last, Blocks = Blocks(network), Patterns = [(Tower.Language, 1)] };
        Run();
        var before = LiveTensors.Count();
        Run();
        Assert.Equal(before, LiveTensors.Count());

        void Run()
        {
            network.Forward(batch, request).Dispose();
            network.Generate(batch, new GenerationOptions { MaxNewTokens = 3, Blocks = request.Blocks });
        }
    }

    [Fact]
    public void RemainingPaths_MeansStillToBeFound_AreThoseOfACut()
    {
        using var network = TestNetworks.Load("llava");
        var row = TestNetworks.ThreeRows(network)[0];
        ImmutableArray<AttentionBlock> unknown = [.. InterventionCases.BothCut.Select(block => block with { Means = KeyMeans.Unknown })];
        Assert.Equal(
            network.RemainingPaths(row, InterventionCases.BothCut).Select(path => path.Way), network.RemainingPaths(row, unknown).Select(path => path.Way));
        Assert.Equal("vision: all to all, layers all, means for keys and values", $"{unknown[0]}");
    }

    [Fact]
    public void Forward_MeansThatDoNotFit_AreRefusedWithLayerAndWidth()
    {
        using var network = TestNetworks.Load("llava");
        var width = network.Language!.HiddenSize;
        var block = new AttentionBlock(Tower.Language, TokenSet.All, TokenSet.Image);
        const string Block = "[language: all to image, layers all, means for keys and values]";
        Assert.Equal($"{Block}: expected a mean attention input of {width} numbers for layer 0; found means still to be found", Error(KeyMeans.Unknown));
        Assert.Equal($"{Block}: expected a mean attention input of {width} numbers for layer 1; found layers 0, 3", Error(Of(width, 0, 3)));
        Assert.Equal($"{Block}: expected a mean attention input of {width} numbers for layer 0; found 5 numbers", Error(Of(5, 0, 1, 2, 3)));
        Assert.Throws<NetworkInputException>(() => new KeyMeans(ImmutableSortedDictionary<int, ImmutableArray<float>>.Empty.Add(0, [1, float.NaN])));
        var edit = new StateErasure(Site.AttentionIn(Tower.Language, 1), TokenSet.All, InterventionCases.Eraser(width, seed: 1));
        Assert.Contains(
            "language.attn_in.1 is read alone; expected embeddings",
            Assert.Throws<NetworkInputException>(() => network.Forward(new Batch(TestNetworks.ThreeRows(network)), new ForwardRequest { Edits = [edit] })).Message,
            StringComparison.Ordinal);

        static KeyMeans Of(int width, params int[] layers) => new(layers.ToImmutableSortedDictionary(layer => layer, _ => ImmutableArray.Create(new float[width])));

        string Error(KeyMeans means) => Assert.Throws<NetworkInputException>(() => network.Forward(
            new Batch(TestNetworks.ThreeRows(network)), new ForwardRequest { Blocks = [block with { Means = means }], LogitsAt = TokenSet.Last })).Message;
    }

    // Both towers, heads of some blocks alone, two means in one layer, and a cut beside them.
    private static ImmutableArray<AttentionBlock> Blocks(Network network) =>
    [
        new(Tower.Vision, TokenSet.All, TokenSet.Outside) { Heads = [1], Means = Means(network, Tower.Vision, seed: 1) },
        new(Tower.Language, TokenSet.Question, TokenSet.Region) { Means = Means(network, Tower.Language, seed: 2) },
        new(Tower.Language, TokenSet.Question, TokenSet.Image) { Layers = LayerSelection.Range(1, 2), Heads = [0, 1], Means = Means(network, Tower.Language, seed: 3) },
        new(Tower.Language, TokenSet.Last, TokenSet.Outside) { Layers = LayerSelection.Of(2) },
    ];

    /// <summary>Random means for every layer.</summary>
    internal static KeyMeans Means(Network network, Tower tower, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var (layers, width) = tower == Tower.Vision ? (network.Vision!.LayerCount, network.Vision.HiddenSize) : (network.Language!.LayerCount, network.Language.HiddenSize);
        return new KeyMeans(Enumerable.Range(0, layers).ToImmutableSortedDictionary(layer => layer, _ => randn(width, generator: generator).data<float>().ToImmutableArray()));
    }

    private static bool Same(RowStates left, RowStates right) => left.Values.equal(right.Values).all().ToBoolean();
}
