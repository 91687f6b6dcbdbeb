using System.Collections.Immutable;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests;

public sealed class NetworkTests
{
    [Fact]
    public void Forward_RowsWithDifferentRegionsAndLengths_EqualsTheRowsOneByOne()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        var request = new ForwardRequest { Blocks = TestNetworks.RegionAlone, Captures = TestNetworks.Captures(network), LogitsAt = TokenSet.Question };
        using var together = network.Forward(new Batch(rows), request);
        RowsAlone.AssertEqual(network, rows, request, together);
    }

    [Fact]
    public void Forward_SeveralConditionsAndQuestionsAboutOnePicture_EqualsEachRowUnderEachAlone()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        rows[2] = rows[2] with { Pictures = [rows[0].Pictures[0] with { Region = rows[2].Pictures[0].Region }] };
        var visionCut = new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.All);
        var captures = TestNetworks.Captures(network).Where(capture => capture.Pooling != Pooling.ClassToken).ToImmutableArray();
        ImmutableArray<ImmutableArray<AttentionBlock>> conditions =
            [[], [visionCut], [new(Tower.Language, TokenSet.Image, TokenSet.Image)], [visionCut, new(Tower.Language, TokenSet.Question, TokenSet.Outside)], TestNetworks.RegionAlone];
        ForwardRequest[] requests = [.. conditions.Select(blocks => new ForwardRequest { Blocks = blocks, Captures = captures, LogitsAt = TokenSet.Last })];
        var together = network.Forward(new Batch(rows), requests);
        foreach (var (condition, request) in requests.Index())
        {
            RowsAlone.AssertEqual(network, rows, request, together[condition]);
            together[condition].Dispose();
        }
    }

    [Theory]
    [InlineData("llava")]
    [InlineData("llava-siglip-qwen2")]
    public void Forward_RowPaddedAtTheLeft_EqualsItselfUnpadded(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        var row = TestNetworks.Row(network, seed: 1, before: 4, after: 6, region: 5);
        var request = new ForwardRequest
        {
            Blocks = [new(Tower.Language, TokenSet.Image, TokenSet.Image)],
            Captures = [.. network.Sites.Select(site => new SiteCapture(site, Pooling.Tokens))],
            LogitsAt = TokenSet.All,
        };
        using var unpadded = network.Forward(new Batch([row]), request);
        using var padded = network.Forward(new Batch([row], length: row.TokenIds.Length + 7), request);
        foreach (var capture in request.Captures)
        {
            Assert.InRange(TestNetworks.Difference(padded[capture].Values, unpadded[capture].Values), 0, 1e-5);
        }

        Assert.InRange(TestNetworks.Difference(padded.Logits!.Values, unpadded.Logits!.Values), 0, 1e-5);
    }

    [Fact]
    public void Forward_Pooling_IsTheReductionOverTheTokensOfTheSet()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        var site = Site.ResidualPost(Tower.Language, 1);
        Pooling[] poolings = [Pooling.Tokens, Pooling.RegionMean, Pooling.RegionMax, Pooling.RegionTokens, Pooling.ImageMean, Pooling.QuestionMean, Pooling.Last];
        using var result = network.Forward(new Batch(rows), new ForwardRequest { Captures = [.. poolings.Select(pooling => new SiteCapture(site, pooling))] });
        for (var row = 0; row < rows.Length; row++)
        {
            var states = result[new(site, Pooling.Tokens)].Row(row);
            var first = rows[row].TokenIds.IndexOf(network.ImageTokenId!.Value);
            var region = states.index_select(0, tensor(rows[row].Pictures[0].Region!.Tokens.Select(token => (long)(first + token)).ToArray()));
            var question = first + rows[row].Pictures[0].Layout.Count;
            Equal(region.mean([0]), Pooling.RegionMean);
            Equal(region.amax([0]), Pooling.RegionMax);
            Equal(states.narrow(0, first, rows[row].Pictures[0].Layout.Count).mean([0]), Pooling.ImageMean);
            Equal(states.narrow(0, question, states.shape[0] - question).mean([0]), Pooling.QuestionMean);
            Equal(states[^1], Pooling.Last);
            Assert.InRange(TestNetworks.Difference(result[new(site, Pooling.RegionTokens)].Row(row), region), 0, 0);

            void Equal(Tensor expected, Pooling pooling) => Assert.InRange(TestNetworks.Difference(result[new(site, pooling)].Row(row)[0], expected), 0, 1e-6);
        }
    }

    [Theory]
    [InlineData("llava")]
    [InlineData("llava-siglip-qwen2")]
    public void Forward_RegionCutFromOutside_DoesNotDependOnTheOutsideToTheBit(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        var row = TestNetworks.Row(network, seed: 3, before: 0, after: 5, region: 5);
        var (patch, size) = (network.Vision!.PatchSize, network.Vision.ImageSize);
        var picture = row.Pictures[0];
        var region = picture.Region!.TilePatches[0];
        var random = new Random(5);
        // Other pixels everywhere but in the region's patches.
        float[] changed = [.. picture.Pixels.ToArray().Select((value, index) =>
        {
            var (vertical, horizontal) = (index / size % size, index % size);
            return region.Contains((vertical / patch * network.Vision.GridSize) + (horizontal / patch)) ? value : (float)random.NextDouble();
        })];
        var other = row with { Pictures = [picture with { Pixels = changed }] };
        // Without text before the image the region's tokens see nothing but each other.
        var cut = new AttentionBlock(Tower.Vision, TokenSet.Region, TokenSet.All - TokenSet.Region);
        ImmutableArray<SiteCapture> captures = [.. network.Sites.Where(site => site != Site.Pooled).Select(site => new SiteCapture(site, Pooling.RegionTokens))];
        var request = new ForwardRequest { Blocks = [cut, new(Tower.Language, TokenSet.Region, TokenSet.Outside)], Captures = captures };
        using var one = network.Forward(new Batch([row]), request);
        using var two = network.Forward(new Batch([other]), request);
        using var uncut = network.Forward(new Batch([other]), request with { Blocks = [] });
        foreach (var capture in captures)
        {
            Assert.True(one[capture].Values.equal(two[capture].Values).all().ToBoolean(), $"{capture} depends on what was cut away");
        }

        // The test can fail: without the cut the states do depend on the rest of the picture.
        var last = captures[^1];
        Assert.True(TestNetworks.Difference(uncut[last].Values, one[last].Values) > 1e-3);
    }

    [Fact]
    public void Forward_FeaturesOfHalfPrecision_StayWithinItsRounding()
    {
        using var scope = NewDisposeScope();
        using var single = TestNetworks.Load("llava");
        using var half = TestNetworks.Load("llava", new NetworkOptions { Type = ScalarType.BFloat16 });
        var rows = TestNetworks.ThreeRows(single);
        var request = new ForwardRequest { Captures = TestNetworks.Captures(single), Blocks = TestNetworks.RegionAlone, LogitsAt = TokenSet.Last };
        using var expected = single.Forward(new Batch(rows), request);
        using var actual = half.Forward(new Batch(rows), request);
        // bfloat16 has 8 bits of mantissa: 2^-8 a rounding, some ten roundings deep.
        foreach (var capture in request.Captures)
        {
            Assert.InRange(TestNetworks.Difference(actual[capture].Values, expected[capture].Values), 1e-6, 0.05);
        }

        Assert.InRange(TestNetworks.Difference(actual.Logits!.Values, expected.Logits!.Values), 1e-6, 0.05);
    }

    [Fact]
    public void Forward_SiteThatDoesNotExist_IsRefusedWithWhatDoes()
    {
        using var network = TestNetworks.Load("llava");
        var error = Assert.Throws<NetworkInputException>(() => network.Forward(
            new Batch(TestNetworks.ThreeRows(network)), new ForwardRequest { Captures = [new(Site.ResidualPost(Tower.Vision, 4), Pooling.RegionMean)] }));
        Assert.Equal("the site vision.resid_post.4 does not exist in this network, whose sites are: vision.* with layers 0 to 3; projector; language.* with layers 0 to 3", error.Message);
    }

    [Fact]
    public void Forward_RegionPoolingWithoutRegion_NamesTheRow()
    {
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        rows[1] = rows[1] with { Pictures = [rows[1].Pictures[0] with { Region = null }] };
        var error = Assert.Throws<NetworkInputException>(() => network.Forward(new Batch(rows), new ForwardRequest { Captures = [new(Site.Projector, Pooling.RegionMean)] }));
        Assert.StartsWith("projector (region-mean), row 1: the token set 'region' does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_ClassTokenUnderACutOfEverything_IsRefused()
    {
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        var all = new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.All);
        var capture = new SiteCapture(Site.ResidualPost(Tower.Vision, 1), Pooling.ClassToken);
        var error = Assert.Throws<NetworkInputException>(() => network.Forward(new Batch(rows), new ForwardRequest { Blocks = [all], Captures = [capture] }));
        Assert.Contains("the same for every picture", error.Message, StringComparison.Ordinal);
        Assert.Throws<NetworkInputException>(() => network.Forward(new Batch(rows), new ForwardRequest { Blocks = [all with { Layers = LayerSelection.EarlyHalf }], Captures = [capture] }));
        network.Forward(new Batch(rows), new ForwardRequest { Blocks = [all with { Layers = LayerSelection.LateHalf }], Captures = [capture] }).Dispose();
    }

    [Fact]
    public void Forward_WrongNumberOfPlaceholders_NamesTheRowAndBothNumbers()
    {
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        rows[2] = rows[2] with { TokenIds = rows[2].TokenIds.Remove(network.ImageTokenId!.Value) };
        var error = Assert.Throws<NetworkInputException>(() => network.Forward(new Batch(rows), new ForwardRequest { LogitsAt = TokenSet.Last }));
        Assert.StartsWith("row 2: the prompt holds 15 image placeholders, but its 1 pictures become 16 image tokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_PictureOfTheWrongSize_NamesBothShapes()
    {
        using var network = TestNetworks.Load("llava");
        var row = TestNetworks.ThreeRows(network)[0];
        row = row with { Pictures = [row.Pictures[0] with { Pixels = new float[3 * 28 * 28] }] };
        var error = Assert.Throws<NetworkInputException>(() => network.Forward(new Batch([row]), new ForwardRequest { LogitsAt = TokenSet.Last }));
        Assert.Contains("expected pixels [1, 3, 56, 56]", error.Message, StringComparison.Ordinal);
        Assert.Contains("9408 numbers; found 2352", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_TokenOutsideTheVocabulary_IsRefused()
    {
        using var network = TestNetworks.Load("llama");
        var error = Assert.Throws<NetworkInputException>(() => network.Forward(new Batch([new PromptRow([5, 999])]), new ForwardRequest { LogitsAt = TokenSet.Last }));
        Assert.Contains("row 0, position 1: token 999 is not in the vocabulary of 160", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_BlockOfATowerThatIsNotThere_IsRefused()
    {
        using var network = TestNetworks.Load("llama");
        var request = new ForwardRequest { LogitsAt = TokenSet.Last, Blocks = [new(Tower.Vision, TokenSet.All, TokenSet.All)] };
        Assert.Throws<NetworkInputException>(() => network.Forward(new Batch([new PromptRow([5, 6])]), request));
    }
}
