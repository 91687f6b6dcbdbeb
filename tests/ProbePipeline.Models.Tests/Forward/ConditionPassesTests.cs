using System.Collections.Immutable;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Models.Tests.Interventions;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Forward;

[Collection(LiveTensors.Name)]
public sealed class ConditionPassesTests
{
    private static readonly TokenSet[] VisionSets = [TokenSet.All, TokenSet.Patches, TokenSet.Region, TokenSet.Outside];
    private static readonly TokenSet[] LanguageSets = [TokenSet.Image, TokenSet.Region, TokenSet.Question, TokenSet.Last, TokenSet.Image + TokenSet.Last];

    [Theory]
    [InlineData("llava", 1)]
    [InlineData("llava", 2)]
    [InlineData("llava-siglip-qwen2", 3)]
    [InlineData("llava-siglip-qwen2", 4)]
    public void Run_RandomConditionsTogether_EqualEachAloneToTheBit(string name, int seed)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        var rows = TestNetworks.ThreeRows(network);
        rows[2] = rows[2] with { Pictures = [rows[0].Pictures[0] with { Region = rows[2].Pictures[0].Region }] };
        var batch = new Batch(rows);
        var random = new Random(seed);
        var capture = StatePatch.CaptureOf(Site.ResidualPost(Tower.Language, 0), TokenSet.Image);
        using var donor = network.Forward(batch, new ForwardRequest { Captures = [capture], Blocks = InterventionCases.BothCut });
        ForwardRequest[] requests = [.. Enumerable.Range(0, 9).Select(index => Request(network, random, index, donor[capture]))];
        var together = network.Forward(batch, requests);
        foreach (var (index, request) in requests.Index())
        {
            using var alone = network.Forward(batch, request);
            InterventionCases.AssertSame(request, alone, together[index], $"condition {index}: [{string.Join("; ", request.Blocks)}] [{string.Join("; ", request.Edits)}]");
            together[index].Dispose();
        }
    }

    [Fact]
    public void Run_SlidingWindows_ComputesWhatIsBeforeAWindowOnce()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llama");
        var tokens = network.Tokens(new Batch([new PromptRow([5, 6, 7, 8])]));
        var mlp = new CountedMlp();
        var decoder = network.Decoder! with { Layers = [.. network.Decoder.Layers.Select(layer => layer with { Mlp = mlp })] };
        using var parts = new PromptParts(network, tokens, prefixes: null);
        RequestPass[] windows = [.. Enumerable.Range(0, 4).Select(layer => Pass(network, parts, LayerSelection.Of(layer)))];
        TowerRun[] runs = [.. windows.Select(pass => TowerRun.Of(
            Tower.Language, pass, pass.Collector, parts.Mask(pass.Request.Blocks), layerCount: 4, []))];
        new SharedLayers(decoder.Layers, Tower.Language,
            (layer, observer, edges, _) => new LayerContext(Tower.Language, layer, observer, edges) { Rotary = decoder.Config.Rotary.At(tokens.Paddings, 0, 4, ScalarType.Float32, CPU) },
            ImmutableHashSet<int>.Empty).Run(runs, decoder.Embed(ones(1, 4, ScalarType.Int64)));
        // Each window and what is behind it: 4 + 3 + 2 + 1 layers; before them a common way of three.
        Assert.Equal(4 + 3 + 2 + 1 + 3, mlp.Calls);
        Assert.Equal(2, parts.MaskCount);
    }

    [Fact]
    public void Run_ManyConditions_LeavesNoTensorBehind()
    {
        using var network = TestNetworks.Load("llava");
        var batch = new Batch(TestNetworks.ThreeRows(network));
        var capture = StatePatch.CaptureOf(Site.ResidualPost(Tower.Language, 0), TokenSet.Image);
        using var donor = network.Forward(batch, new ForwardRequest { Captures = [capture] });
        var random = new Random(6);
        ForwardRequest[] requests = [.. Enumerable.Range(0, 6).Select(index => Request(network, random, index, donor[capture]))];
        Run();
        var before = LiveTensors.Count();
        Run();
        Assert.Equal(before, LiveTensors.Count());
        var wrong = new StatePatch(Site.ResidualPost(Tower.Language, 0), TokenSet.Region, donor[capture]);
        Assert.Throws<NetworkInputException>(() => network.Forward(batch, [.. requests, new ForwardRequest { Edits = [wrong], LogitsAt = TokenSet.Last }]));
        Assert.Equal(before, LiveTensors.Count());
        network.Generate(batch, new GenerationOptions { MaxNewTokens = 3, Edits = requests[^1].Edits, Blocks = requests[^1].Blocks });
        Assert.Equal(before, LiveTensors.Count());

        void Run()
        {
            foreach (var result in network.Forward(batch, requests))
            {
                result.Dispose();
            }
        }
    }

    private static ForwardRequest Request(Network network, Random random, int index, RowStates donor)
    {
        ImmutableArray<SiteCapture> captures = InterventionCases.Captures(network);
        return new ForwardRequest
        {
            Blocks = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Block(network, random))],
            Edits = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Edit(network, random, donor))],
            Captures = [.. captures.Where(_ => index % 3 != 0 || random.Next(4) == 0)],
            LogitsAt = index % 4 == 1 ? null : TokenSet.Last,
        };
    }

    private static AttentionBlock Block(Network network, Random random)
    {
        var tower = random.Next(2) == 0 ? Tower.Vision : Tower.Language;
        var sets = tower == Tower.Vision ? VisionSets : LanguageSets;
        var first = random.Next(4);
        return new AttentionBlock(tower, sets[random.Next(sets.Length)], sets[random.Next(sets.Length)])
        {
            Layers = LayerSelection.Range(first, random.Next(first, 4)),
            Heads = random.Next(3) == 0 ? [1] : null,
            Means = random.Next(2) == 0 ? KeyMeansTests.Means(network, tower, random.Next(2)) : null,
        };
    }

    private static StateEdit Edit(Network network, Random random, RowStates donor)
    {
        var sites = InterventionCases.EditableSites(network);
        var site = sites[random.Next(sites.Length)];
        return random.Next(3) == 0
            ? new StatePatch(Site.ResidualPost(Tower.Language, 0), TokenSet.Image, donor)
            : new StateErasure(site, random.Next(2) == 0 ? TokenSet.Region : TokenSet.All, InterventionCases.Eraser(network.WidthOf(site), random.Next(2)));
    }

    private static RequestPass Pass(Network network, PromptParts parts, LayerSelection layers)
    {
        var request = new ForwardRequest { Blocks = [new AttentionBlock(Tower.Language, TokenSet.All, TokenSet.All) { Layers = layers }], LogitsAt = TokenSet.Last };
        return new RequestPass(request, PassDepth.Of(network, request), parts, SharedTiles.Of(parts.Tokens, unshared: false));
    }

    private sealed class CountedMlp : IMlp
    {
        public int Calls { get; private set; }

        public Tensor Forward(Tensor x)
        {
            Calls++;
            return x * 0.5;
        }
    }
}
