using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests;

[Collection(LiveTensors.Name)]
public sealed class NetworkMemoryTests
{
    [Fact]
    public void Forward_AfterManyPasses_LeavesNoTensorBehind()
    {
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        var request = new ForwardRequest { Blocks = TestNetworks.RegionAlone, Captures = TestNetworks.Captures(network), Patterns = [(Tower.Vision, 0)], LogitsAt = TokenSet.Last };
        Run();
        var before = LiveTensors.Count();
        for (var pass = 0; pass < 5; pass++)
        {
            Run();
        }

        Assert.Equal(before, LiveTensors.Count());

        void Run()
        {
            network.Forward(new Batch(rows), request).Dispose();
            network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = 3, Blocks = TestNetworks.RegionAlone });
        }
    }

    [Fact]
    public void Forward_RequestThatFails_LeavesNoTensorBehind()
    {
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        var withoutRegion = rows[1] with { Pictures = [rows[1].Pictures[0] with { Region = null }] };
        var before = LiveTensors.Count();
        Assert.Throws<NetworkInputException>(() => network.Forward(new Batch([rows[0], withoutRegion]), new ForwardRequest
        {
            Captures = [new(Site.ResidualPost(Tower.Vision, 0), Pooling.Tokens), new(Site.ResidualPost(Tower.Language, 0), Pooling.RegionMean)],
        }));
        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void Run_LayerAfterLayer_KeepsNothingOfEarlierLayers()
    {
        using var network = TestNetworks.Load("llama");
        var counter = new TensorCounter();
        using (NewDisposeScope())
        {
            var tokens = network.Tokens(new Batch([new PromptRow([5, 6, 7])]));
            using var parts = new PromptParts(network, tokens, prefixes: null);
            var request = new ForwardRequest { LogitsAt = TokenSet.Last };
            var pass = new RequestPass(request, PassDepth.Of(network, request), parts, SharedTiles.Of(tokens, unshared: false));
            LanguagePass.Run(network, parts, pictures: null, [TowerRun.Of(Tower.Language, pass, counter, parts.Mask([]), layerCount: 4, [])], (_, _) => { });
        }

        Assert.Equal(4, counter.Counts.Count);
        Assert.All(counter.Counts, count => Assert.Equal(counter.Counts[0], count));
    }

    /// <summary>Counts the tensors alive when a layer ends.</summary>
    private sealed class TensorCounter : IStateObserver
    {
        public List<long> Counts { get; } = [];

        public bool Wants(Site site) => site.Kind == SiteKind.ResidualPost;

        public void Observe(Site site, Tensor states) => Counts.Add(LiveTensors.Count());

        public bool WantsPattern(Tower tower, int layer) => false;

        public void ObservePattern(Tower tower, int layer, Tensor pattern)
        {
        }
    }
}
