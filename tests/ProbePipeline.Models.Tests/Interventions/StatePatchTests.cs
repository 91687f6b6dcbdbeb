using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Models.Tests.Families;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Interventions;

public sealed class StatePatchTests
{
    public static TheoryData<string> Families => ["llava", "llava-siglip-qwen2", "llava-bfloat16"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Forward_PatchFromAnotherCondition_IsTheDonorThereToTheBit(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        var batch = new Batch(TestNetworks.ThreeRows(network));
        foreach (var site in Sites(network))
        {
            var capture = StatePatch.CaptureOf(site, TokenSet.Region);
            using var donor = network.Forward(batch, new ForwardRequest { Captures = [capture], Blocks = InterventionCases.BothCut });
            using var intact = network.Forward(batch, new ForwardRequest { Captures = [capture] });
            using var patched = network.Forward(batch, new ForwardRequest { Captures = [capture], Edits = [new StatePatch(site, TokenSet.Region, donor[capture])] });
            Assert.True(patched[capture].Values.equal(donor[capture].Values).all().ToBoolean(), $"{site} is not the donor's");
            // The test can fail: the donor is another one, but at the embeddings of the vision tower, before which nothing is cut.
            Assert.Equal(site == Site.Embeddings(Tower.Vision), intact[capture].Values.equal(donor[capture].Values).all().ToBoolean());
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Forward_PatchWithItself_ChangesNothingToTheBit(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load(name);
        var batch = new Batch(TestNetworks.ThreeRows(network));
        var request = new ForwardRequest { Captures = InterventionCases.Captures(network), LogitsAt = TokenSet.All };
        using var intact = network.Forward(batch, request);
        foreach (var site in Sites(network))
        {
            var capture = StatePatch.CaptureOf(site, TokenSet.All);
            using var donor = network.Forward(batch, new ForwardRequest { Captures = [capture] });
            using var patched = network.Forward(batch, request with { Edits = [new StatePatch(site, TokenSet.All, donor[capture])] });
            InterventionCases.AssertSame(request, intact, patched, $"{site}");
        }
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void Forward_PatchOfEveryGoldenNetworkWithItself_ChangesNothingToTheBit()
    {
        var compared = 0;
        foreach (var golden in GoldenCase.All().Select(name => new GoldenCase(name)))
        {
            using var scope = NewDisposeScope();
            using var network = InterventionCases.Load(golden);
            var batch = GoldenBatch.Of(golden, network);
            var request = new ForwardRequest
            {
                Captures = [.. network.Sites.Select(site => new SiteCapture(site, Pooling.Tokens))],
                LogitsAt = network.Language is null ? null : TokenSet.All,
            };
            using var intact = network.Forward(batch, request);
            foreach (var site in Sites(network))
            {
                using var patched = network.Forward(batch, request with { Edits = [new StatePatch(site, TokenSet.All, intact[new(site, Pooling.Tokens)])] });
                InterventionCases.AssertSame(request, intact, patched, $"{golden.Name}, {site}");
                compared++;
            }
        }

        Assert.True(compared > 100, $"{compared} sites");
    }

    [Fact]
    public void Forward_PatchOfTheWholeStream_MakesEverythingBehindItTheDonors()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var batch = new Batch(TestNetworks.ThreeRows(network));
        var site = Site.ResidualPost(Tower.Language, 1);
        var capture = StatePatch.CaptureOf(site, TokenSet.All);
        // Cut in the tower alone, so that the decoder does the same under both.
        ImmutableArray<AttentionBlock> cut = [new(Tower.Vision, TokenSet.All, TokenSet.All)];
        using var donor = network.Forward(batch, new ForwardRequest { Captures = [capture], Blocks = cut, LogitsAt = TokenSet.Question });
        using var patched = network.Forward(batch, new ForwardRequest { Edits = [new StatePatch(site, TokenSet.All, donor[capture])], LogitsAt = TokenSet.Question });
        using var intact = network.Forward(batch, new ForwardRequest { LogitsAt = TokenSet.Question });
        Assert.True(patched.Logits!.Values.equal(donor.Logits!.Values).all().ToBoolean());
        Assert.False(intact.Logits!.Values.equal(donor.Logits!.Values).all().ToBoolean());
    }

    [Fact]
    public void Forward_DonorOfAnotherRow_ChangesThatRowAlone()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        var batch = new Batch(rows);
        var capture = StatePatch.CaptureOf(Site.Projector, TokenSet.Region);
        using var own = network.Forward(batch, new ForwardRequest { Captures = [capture] });
        using var others = network.Forward(new Batch([rows[0], rows[0] with { Pictures = [rows[0].Pictures[0] with { Region = rows[1].Pictures[0].Region }] }, rows[2]]), new ForwardRequest { Captures = [capture] });
        using var patched = network.Forward(batch, new ForwardRequest { Edits = [new StatePatch(Site.Projector, TokenSet.Region, others[capture])], LogitsAt = TokenSet.All });
        using var intact = network.Forward(batch, new ForwardRequest { LogitsAt = TokenSet.All });
        bool[] same = [.. Enumerable.Range(0, 3).Select(row => patched.Logits!.Row(row).equal(intact.Logits!.Row(row)).all().ToBoolean())];
        Assert.Equal([true, false, true], same);
    }

    [Fact]
    public void Forward_DonorWithAnotherNumberOfTokens_NamesSiteAndRow()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        var capture = StatePatch.CaptureOf(Site.Projector, TokenSet.Region);
        using var donor = network.Forward(new Batch(rows), new ForwardRequest { Captures = [capture] });
        rows[1] = rows[1] with { Pictures = [rows[1].Pictures[0] with { Region = new PictureRegion([[6, 7, 8]], [6, 7, 8]) }] };
        var request = new ForwardRequest { Edits = [new StatePatch(Site.Projector, TokenSet.Region, donor[capture])], LogitsAt = TokenSet.Last };
        var error = Assert.Throws<NetworkInputException>(() => network.Forward(new Batch(rows), request));
        Assert.Equal("patch of projector, tokens region, row 1: expected a donor state for each of the row's 3 tokens; found 2; take the donor from a row with as many, or its mean", error.Message);
        error = Assert.Throws<NetworkInputException>(() => network.Forward(new Batch(rows[..2]), request));
        Assert.Equal("patch of projector, tokens region: expected donor states of the batch's 2 rows; found 3 rows", error.Message);
    }

    [Fact]
    public void Forward_MeanOfADonorWithAnotherNumberOfTokens_IsGivenToEveryToken()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var rows = TestNetworks.ThreeRows(network);
        foreach (var site in Sites(network))
        {
            var (states, mean) = (StatePatch.CaptureOf(site, TokenSet.Region), StatePatch.MeanOf(site, TokenSet.Region));
            using var donor = network.Forward(new Batch(rows), new ForwardRequest { Captures = [mean, states] });
            PromptRow[] larger = [rows[0], rows[1] with { Pictures = [rows[1].Pictures[0] with { Region = new PictureRegion([[6, 7, 8]], [6, 7, 8]) }] }, rows[2]];
            var patch = new StatePatch(site, TokenSet.Region, donor[mean]) { Spread = true };
            using var patched = network.Forward(new Batch(larger), new ForwardRequest { Edits = [patch], Captures = [states] });
            Assert.Equal([2, 3, 2], patched[states].Counts);
            for (var row = 0; row < rows.Length; row++)
            {
                Assert.True(patched[states].Row(row).equal(donor[mean].Row(row)).all().ToBoolean(), $"{site}, row {row}");
            }

            var error = Assert.Throws<NetworkInputException>(() => network.Forward(
                new Batch(larger), new ForwardRequest { Edits = [patch with { Donor = donor[states] }], LogitsAt = TokenSet.Last }));
            Assert.EndsWith("row 0: expected one donor state for all of the row's tokens; found 2", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Forward_PatchOfGeneratedTokens_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        var batch = new Batch(TestNetworks.ThreeRows(network));
        var site = Site.ResidualPost(Tower.Language, 0);
        using var donor = network.Forward(batch, new ForwardRequest { Captures = [new(site, Pooling.Tokens)] });
        var patch = new StatePatch(site, TokenSet.Last + TokenSet.Generated, donor[new(site, Pooling.Tokens)]);
        var error = Assert.Throws<NetworkInputException>(() => network.Forward(batch, new ForwardRequest { Edits = [patch], LogitsAt = TokenSet.Last }));
        Assert.Equal("patch of language.resid_post.0, tokens last+generated: expected prompt tokens; a generated token has no counterpart in another pass", error.Message);
    }

    private static ImmutableArray<Site> Sites(Network network) => InterventionCases.EditableSites(network);
}
