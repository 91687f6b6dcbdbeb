using System.Collections.Immutable;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Models.Tests.Interventions;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Forward;

public sealed class SharedPrefixesTests
{
    private const double Rounding = 2e-5;

    private static readonly TokenSet[] Sets =
        [TokenSet.Image, TokenSet.Region, TokenSet.Outside, TokenSet.Question, TokenSet.Last, TokenSet.Text, TokenSet.All, TokenSet.Image - TokenSet.Region];

    private static readonly Pooling[] Poolings = [Pooling.RegionMean, Pooling.RegionTokens, Pooling.ImageMean, Pooling.QuestionMean, Pooling.Last, Pooling.Tokens];

    [Theory]
    [InlineData("llava", 1)]
    [InlineData("llava", 2)]
    [InlineData("llava-siglip-qwen2", 3)]
    [InlineData("llava-siglip-qwen2", 4)]
    [InlineData("llava-legacy-names", 5)]
    public void Forward_RandomConditionsOfQuestionsAboutTwoPictures_EqualsEveryRowAlone(string name, int seed)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        var rows = Questions(network);
        var random = new Random(seed);
        var kept = StatePatch.CaptureOf(Site.ResidualPost(Tower.Language, 0), seed % 2 == 0 ? TokenSet.Image : TokenSet.Region + TokenSet.Question);
        using var donor = network.Forward(new Batch(rows), new ForwardRequest { Captures = [kept], Blocks = InterventionCases.BothCut });
        var patch = new StatePatch(kept.Site, kept.Pooling.Language, donor[kept]);
        ForwardRequest[] requests = [.. Enumerable.Range(0, 6).Select(index => Request(network, random, index % 2 == 0 ? patch : null))];
        var together = network.Forward(new Batch(rows), requests);
        foreach (var (index, request) in requests.Index())
        {
            foreach (var (row, prompt) in rows.Index())
            {
                using var own = donor[kept].Row(row);
                using var alone = network.Forward(new Batch([prompt]), request with
                {
                    Edits = [.. request.Edits.Select(edit => edit is StatePatch ? patch with { Donor = new RowStates(own, [donor[kept].Counts[row]]) } : edit)],
                });
                foreach (var capture in request.Captures)
                {
                    var difference = TestNetworks.Difference(together[index][capture].Row(row), alone[capture].Values);
                    Assert.True(difference < Rounding, $"condition {index} [{string.Join("; ", request.Blocks)}], row {row}, {capture}: {difference:e1}");
                }

                Assert.True(TestNetworks.Difference(together[index].Logits!.Row(row), alone.Logits!.Values) < Rounding, $"condition {index}, row {row}: logits");
            }

            together[index].Dispose();
        }
    }

    [Fact]
    public void Of_QuestionsAboutTwoPictures_KnowsTwoBeginnings()
    {
        using var network = TestNetworks.Load("llava");
        var tokens = network.Tokens(new Batch(Questions(network)));
        var question = new AttentionBlock(Tower.Language, TokenSet.Question, TokenSet.Region);
        var shared = SharedPrefixes.Of(network.Language!, tokens, new ForwardRequest { Blocks = [question] })!;
        Assert.Equal([0, 1, 0, 0, 1], shared.Slots);
        // The longest question begins behind the beginning; the others' beginnings lie as much further right as they are shorter.
        Assert.Equal(tokens.Batch.Length - 9, shared.Length);
        Assert.Equal(tokens.Paddings.Select((padding, row) => padding - tokens.Paddings[shared.Rows[shared.Slots[row]]]), shared.Shifts);
        Assert.Empty(shared.Blocks(tokens, [question]));
    }

    [Fact]
    public void Of_CutByRegionAmongImageTokens_PartsRowsOfDifferentRegions()
    {
        using var network = TestNetworks.Load("llava");
        var tokens = network.Tokens(new Batch(Questions(network)));
        var shared = SharedPrefixes.Of(network.Language!, tokens, new ForwardRequest { Blocks = [new(Tower.Language, TokenSet.Region, TokenSet.Outside)] })!;
        // Rows 0 and 2 ask about the same region of the first picture.
        Assert.Equal([0, 1, 0, 2, 3], shared.Slots);
    }

    [Fact]
    public void Of_Patches_PartsRowsWhoseDonorsDiffer()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var batch = new Batch(Questions(network));
        var tokens = network.Tokens(batch);
        var capture = StatePatch.CaptureOf(Site.Projector, TokenSet.Image);
        using var donor = network.Forward(batch, new ForwardRequest { Captures = [capture] });
        var patch = new StatePatch(capture.Site, TokenSet.Image, donor[capture]);
        Assert.Equal([0, 1, 0, 0, 1], SharedPrefixes.Of(network.Language!, tokens, new ForwardRequest { Edits = [patch] })!.Slots);

        // One number of the third row's.
        var other = donor[capture].Values.clone();
        other[2 * donor[capture].Counts[0], 3] = 7f;
        Assert.Equal([0, 1, 2, 0, 1], SharedPrefixes.Of(network.Language!, tokens, new ForwardRequest { Edits = [patch with { Donor = donor[capture] with { Values = other } }] })!.Slots);
    }

    [Fact]
    public void Of_OtherPictureInTheSameWords_PartsRows()
    {
        using var network = TestNetworks.Load("llava");
        var row = Questions(network)[0];
        var other = row with { Pictures = [row.Pictures[0] with { Pixels = row.Pictures[0].Pixels.ToArray() }] };
        Assert.Equal([0, 1, 0], SharedPrefixes.Of(network.Language!, network.Tokens(new Batch([row, other, row])), new ForwardRequest())!.Slots);
    }

    [Fact]
    public void Of_PatchesOfRegions_PartsRowsWhoseRegionsDiffer()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var row = Questions(network)[0];
        var batch = new Batch([Regarding(0, 1, 2, 3), Regarding(2, 3), Regarding(2, 3)]);
        var capture = StatePatch.CaptureOf(Site.Projector, TokenSet.Region);
        using var donor = network.Forward(batch, new ForwardRequest { Captures = [capture] });
        var request = new ForwardRequest { Edits = [new StatePatch(capture.Site, TokenSet.Region, donor[capture])] };
        Assert.Equal([0, 1, 1], SharedPrefixes.Of(network.Language!, network.Tokens(batch), request)!.Slots);

        PromptRow Regarding(params ImmutableArray<int> patches) => row with { Pictures = [row.Pictures[0] with { Region = new PictureRegion([patches], patches) }] };
    }

    [Fact]
    public void Of_PromptThatSeesWhatFollows_CannotBeParted()
    {
        using var network = TestNetworks.Load("llava");
        var tokens = network.Tokens(new Batch(Questions(network)));
        Assert.Null(SharedPrefixes.Of(network.Language! with { HasBidirectionalPrefix = true }, tokens, new ForwardRequest()));
    }

    [Fact]
    public void Forward_ConditionsThatAgreeOnBeginnings_ComputesThemOnce()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var tokens = network.Tokens(new Batch(Questions(network)));
        var mlp = new CountedTokens();
        var decoder = network.Decoder! with { Layers = [.. network.Decoder.Layers.Select(layer => layer with { Mlp = mlp })] };
        var prefixes = SharedPrefixes.Of(decoder.Config, tokens, new ForwardRequest())!;
        using var parts = new PromptParts(network, tokens, prefixes);
        TowerRun[] runs = [.. new[] { TokenSet.Image, TokenSet.Text }.Select(to => Run(new AttentionBlock(Tower.Language, TokenSet.Question, to)))];
        var rotary = decoder.Config.Rotary.At(tokens.Paddings, prefixes.Length, tokens.Batch.Length, ScalarType.Float32, CPU);
        var prefixRotary = decoder.Config.Rotary.At([.. prefixes.Rows.Select(row => tokens.Paddings[row])], 0, prefixes.Length, ScalarType.Float32, CPU);
        new SharedLayers(
            decoder.Layers, Tower.Language,
            (layer, observer, edges, ofPrefixes) => new LayerContext(Tower.Language, layer, observer, edges) { Rotary = ofPrefixes ? prefixRotary : rotary }, ImmutableHashSet<int>.Empty)
        {
            Sharing = parts.Sharing,
        }.Run(
            runs,
            zeros(tokens.Rows.Length, tokens.Batch.Length - prefixes.Length, decoder.Config.HiddenSize),
            zeros(prefixes.Rows.Length, prefixes.Length, decoder.Config.HiddenSize));
        var following = tokens.Rows.Length * (tokens.Batch.Length - prefixes.Length);
        Assert.Equal(decoder.Layers.Count * ((prefixes.Rows.Length * prefixes.Length) + (runs.Length * following)), mlp.Count);

        TowerRun Run(AttentionBlock block)
        {
            var request = new ForwardRequest { Blocks = [block] };
            var pass = new RequestPass(request, PassDepth.Of(network, request), parts, SharedTiles.Of(tokens, unshared: false));
            return TowerRun.Of(Tower.Language, pass, new Blind(), parts.Mask([block]), decoder.Layers.Count, []) with
            {
                Prefix = TowerRun.Of(Tower.Language, pass, new Blind(), parts.PrefixMask([block])!, decoder.Layers.Count, []),
            };
        }
    }

    /// <summary>Five questions of three lengths about two pictures; two of them about one region.</summary>
    private static PromptRow[] Questions(Network network)
    {
        var (first, second) = (TestNetworks.Row(network, seed: 1, before: 4, after: 6, region: 0), TestNetworks.Row(network, seed: 2, before: 3, after: 9, region: 6));
        return [first, second, Asked(first, 9, region: 0), Asked(first, 5, region: 5), Asked(second, 6, region: 2)];

        PromptRow Asked(PromptRow about, int words, int region)
        {
            var image = about.TokenIds.LastIndexOf(network.ImageTokenId!.Value);
            ImmutableArray<int> patches = [region, region + 1];
            return about with
            {
                TokenIds = [.. about.TokenIds[..(image + 1)], .. TestNetworks.Words(words + region, words)],
                Pictures = [about.Pictures[0] with { Region = new PictureRegion([patches], patches) }],
            };
        }
    }

    private static ForwardRequest Request(Network network, Random random, StatePatch? patch) => new()
    {
        Blocks = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Block(network, random))],
        Edits =
        [
            .. patch is null ? Array.Empty<StateEdit>() : [patch],
            .. random.Next(3) == 0 ? [new StateErasure(Site.ResidualPost(Tower.Language, 1), Sets[random.Next(Sets.Length)], InterventionCases.Eraser(network.Language!.HiddenSize, 1))] : Array.Empty<StateEdit>(),
        ],
        Captures =
        [
            .. from site in network.Sites
               where site.Tower == Tower.Language && site.Kind != SiteKind.Projector
               select new SiteCapture(site, Poolings[random.Next(Poolings.Length)]),
        ],
        LogitsAt = random.Next(3) == 0 ? TokenSet.All : TokenSet.Last,
    };

    private static AttentionBlock Block(Network network, Random random)
    {
        var first = random.Next(network.Language!.LayerCount);
        return new AttentionBlock(Tower.Language, Sets[random.Next(Sets.Length)], Sets[random.Next(Sets.Length)])
        {
            Layers = LayerSelection.Range(first, random.Next(first, network.Language.LayerCount)),
            Heads = random.Next(3) == 0 ? [1] : null,
            Means = random.Next(4) == 0 ? KeyMeansTests.Means(network, Tower.Language, random.Next(2)) : null,
        };
    }

    private sealed class CountedTokens : IMlp
    {
        public long Count { get; private set; }

        public Tensor Forward(Tensor x)
        {
            Count += x.shape[0] * x.shape[1];
            return x.alias();
        }
    }

    private sealed class Blind : IPoolingObserver
    {
        public bool Wants(Site site) => false;

        public void Observe(Site site, Tensor states)
        {
        }

        public void Observe(Site site, Tensor states, Dictionary<SiteCapture, RowStates> pooled)
        {
        }

        public bool WantsPattern(Tower tower, int layer) => false;

        public void ObservePattern(Tower tower, int layer, Tensor pattern)
        {
        }
    }
}
