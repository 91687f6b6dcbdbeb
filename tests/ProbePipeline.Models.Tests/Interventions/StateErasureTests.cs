using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Models.Tests.Families;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Interventions;

public sealed class StateErasureTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Forward_ErasedStateOfEveryGoldenNetwork_HasNoPartLeftInTheDirections()
    {
        var compared = 0;
        foreach (var golden in GoldenCase.All().Select(name => new GoldenCase(name)))
        {
            using var scope = NewDisposeScope();
            using var network = InterventionCases.Load(golden);
            var batch = GoldenBatch.Of(golden, network);
            foreach (var site in InterventionCases.EditableSites(network))
            {
                var edit = InterventionCases.Eraser(network.WidthOf(site), seed: 7);
                var capture = new SiteCapture(site, Pooling.Tokens);
                using var intact = network.Forward(batch, new ForwardRequest { Captures = [capture] });
                using var erased = network.Forward(batch, new ForwardRequest { Captures = [capture], Edits = [new StateErasure(site, TokenSet.All, edit)] });
                var (before, after) = (intact[capture].Values.to_type(ScalarType.Float32), erased[capture].Values.to_type(ScalarType.Float32));
                var expected = before - matmul(Read(edit, before), Matrix(edit.Left, edit.Width).t());
                // In half precision the changed states are rounded once: 2^-8 of the largest.
                var rounding = network.Type == ScalarType.Float32 ? 1e-6 : network.Type == ScalarType.Float16 ? 1e-3 : 8e-3;
                Assert.InRange(TestNetworks.Difference(after, expected), 0, rounding);
                Assert.True(Read(edit, before).norm().ToDouble() > 50 * Read(edit, after).norm().ToDouble(), $"{golden.Name}: {site} still holds the directions");
                compared++;
            }
        }

        Assert.True(compared > 100, $"{compared} sites");
    }

    [Fact]
    public void Forward_ErasureAtSomeTokens_LeavesTheOthersToTheBit()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        var site = Site.ResidualPost(Tower.Language, 1);
        var erasure = new StateErasure(site, TokenSet.Region, InterventionCases.Eraser(network.WidthOf(site), seed: 3));
        ImmutableArray<SiteCapture> captures = [StatePatch.CaptureOf(site, TokenSet.All - TokenSet.Region), StatePatch.CaptureOf(site, TokenSet.Region)];
        using var intact = network.Forward(new Batch(rows), new ForwardRequest { Captures = captures });
        using var erased = network.Forward(new Batch(rows), new ForwardRequest { Captures = captures, Edits = [erasure] });
        Assert.True(erased[captures[0]].Values.equal(intact[captures[0]].Values).all().ToBoolean());
        Assert.False(erased[captures[1]].Values.equal(intact[captures[1]].Values).any(-1).all().ToBoolean());
    }

    [Fact]
    public void Forward_ErasureThatHasNothingToErase_ChangesNothingToTheBit()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var batch = new Batch(TestNetworks.ThreeRows(network));
        var request = new ForwardRequest { Captures = TestNetworks.Captures(network), LogitsAt = TokenSet.All };
        using var intact = network.Forward(batch, request);
        foreach (var site in InterventionCases.EditableSites(network))
        {
            var width = network.WidthOf(site);
            using var noTokens = network.Forward(batch, request with { Edits = [new StateErasure(site, TokenSet.Region - TokenSet.Region, InterventionCases.Eraser(width, 1))] });
            InterventionCases.AssertSame(request, intact, noTokens, $"no tokens at {site}");
            using var noDirections = network.Forward(batch, request with { Edits = [new StateErasure(site, TokenSet.All, new LinearEdit([.. new float[width]], [], []))] });
            InterventionCases.AssertSame(request, intact, noDirections, $"no directions at {site}");
        }
    }

    [Fact]
    public void Forward_RowsWithDifferentRegionsAndLengths_EqualsTheRowsOneByOne()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        // Two questions about one picture, whose tiles are shared while nothing names their regions.
        rows[2] = rows[2] with { Pictures = [rows[0].Pictures[0] with { Region = rows[2].Pictures[0].Region }] };
        foreach (var site in InterventionCases.EditableSites(network))
        {
            var request = new ForwardRequest
            {
                Captures = TestNetworks.Captures(network),
                Edits = [new StateErasure(site, TokenSet.Region, InterventionCases.Eraser(network.WidthOf(site), seed: 2))],
                LogitsAt = TokenSet.Question,
            };
            using var together = network.Forward(new Batch(rows), request);
            RowsAlone.AssertEqual(network, rows, request, together);
        }
    }

    [Theory]
    [InlineData("llava")]
    [InlineData("llava-siglip-qwen2")]
    public void Generate_WithEdits_EqualsForwardsWithoutACache(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        PromptRow[] rows = [TestNetworks.Row(network, 1, 4, 6, 0), TestNetworks.Row(network, 2, 1, 3, 6)];
        var (early, late) = (Site.ResidualPost(Tower.Vision, 0), Site.ResidualPost(Tower.Language, 2));
        var capture = StatePatch.CaptureOf(Site.Projector, TokenSet.Region);
        using var donor = network.Forward(new Batch(rows), new ForwardRequest { Captures = [capture], Blocks = InterventionCases.BothCut });
        ImmutableArray<StateEdit> edits =
        [
            new StateErasure(early, TokenSet.Region, InterventionCases.Eraser(network.WidthOf(early), seed: 4)),
            new StateErasure(late, TokenSet.Last, InterventionCases.Eraser(network.WidthOf(late), seed: 5)),
            new StatePatch(Site.Projector, TokenSet.Region, donor[capture]),
        ];
        const int Steps = 6;
        var cached = network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = Steps, Edits = edits });
        // The last token so far is the last prompt token first and a generated one afterwards: both are erased.
        Assert.Equal(UncachedAnswers.Of(network, rows, new ForwardRequest { Edits = edits }, Steps), cached.Select(answer => answer.ToArray()));
    }

    [Fact]
    public void Forward_EditThatDoesNotFit_IsRefusedWithSiteAndWidth()
    {
        using var network = TestNetworks.Load("llava");
        var batch = new Batch(TestNetworks.ThreeRows(network));
        var edit = InterventionCases.Eraser(5, seed: 1);
        Assert.Equal(
            $"erasure of 2 directions at projector, tokens all: expected an edit as wide as the site, {network.WidthOf(Site.Projector)}; found 5",
            Error(new StateErasure(Site.Projector, TokenSet.All, edit)));
        Assert.StartsWith("erasure of 2 directions at language.final_norm, tokens all: nothing behind language.final_norm reads its states", Error(new StateErasure(Site.FinalNorm(Tower.Language), TokenSet.All, edit)), StringComparison.Ordinal);
        Assert.StartsWith("the site vision.resid_post.9 does not exist", Error(new StateErasure(Site.ResidualPost(Tower.Vision, 9), TokenSet.All, edit)), StringComparison.Ordinal);
        var unknown = new StateErasure(Site.Projector, TokenSet.Patches, InterventionCases.Eraser(network.WidthOf(Site.Projector), seed: 1));
        Assert.StartsWith("erasure of 2 directions at projector, tokens patches, row 0: the token set 'patches' does not exist", Error(unknown), StringComparison.Ordinal);

        string Error(StateEdit wrong) =>
            Assert.Throws<NetworkInputException>(() => network.Forward(batch, new ForwardRequest { Edits = [wrong], LogitsAt = TokenSet.Last })).Message;
    }

    // What is read of states, [tokens, R].
    private static Tensor Read(LinearEdit edit, Tensor states) => matmul(states - tensor(edit.Mean.ToArray()), Matrix(edit.Right, edit.Rank).t());

    private static Tensor Matrix(ImmutableArray<float> values, int rows) => tensor(values.ToArray()).view(rows, -1);
}
