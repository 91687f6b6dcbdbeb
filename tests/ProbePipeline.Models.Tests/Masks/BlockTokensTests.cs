using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Tests.Masks;

public sealed class BlockTokensTests
{
    [Fact]
    public void TokensOf_VisionBlock_HasAListATileWithItsClassTokenFirst()
    {
        using var network = TestNetworks.Load("llava");
        var row = TestNetworks.Row(network, seed: 1, before: 3, after: 5, region: 9);
        var cut = network.TokensOf(row, new AttentionBlock(Tower.Vision, TokenSet.Region, TokenSet.ClassTokens + TokenSet.Outside));
        var tile = Assert.Single(cut.Queries);
        Assert.Equal(network.Vision!.TokenCount, tile.Length);
        Assert.Equal(row.Pictures[0].Region!.TilePatches[0].Select(patch => patch + network.Vision.ClassTokenCount), Chosen(tile));
        Assert.Equal(Enumerable.Range(0, tile.Length).Except(Chosen(tile)), Chosen(Assert.Single(cut.Keys)));
    }

    [Fact]
    public void TokensOf_LanguageBlock_HasOneListWithGeneratedTokensAmongTheQueriesAlone()
    {
        using var network = TestNetworks.Load("llava");
        var row = TestNetworks.Row(network, seed: 1, before: 3, after: 5, region: 9) with { GeneratedCount = 2 };
        var (length, last) = (row.TokenIds.Length, row.TokenIds.Length - 3);
        var cut = network.TokensOf(row, new AttentionBlock(Tower.Language, TokenSet.Last, TokenSet.Last));
        Assert.Equal([last, last + 1, last + 2], Chosen(Assert.Single(cut.Queries)));
        Assert.Equal([last], Chosen(Assert.Single(cut.Keys)));
        Assert.Equal(length, cut.Keys[0].Length);
    }

    [Fact]
    public void TokensOf_SetThatTheRowLacks_IsRefusedByName()
    {
        using var network = TestNetworks.Load("llava");
        var row = TestNetworks.Row(network, seed: 1, before: 3, after: 5, region: 9);
        var error = Assert.Throws<MaskException>(() => network.TokensOf(row, new AttentionBlock(Tower.Language, TokenSet.Separators, TokenSet.Image)));
        Assert.Contains("separators", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<int> Chosen(IEnumerable<bool> members) => members.Index().Where(token => token.Item).Select(token => token.Index);
}
