using System.Collections.Immutable;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Tests.Forward;

public sealed class SharedTilesTests
{
    [Fact]
    public void Of_QuestionsAboutTwoPictures_HoldsEachPictureOnce()
    {
        using var network = TestNetworks.Load("llava");
        var tiles = Of(network, [new(Tower.Vision, TokenSet.Patches, TokenSet.ClassTokens), new(Tower.Language, TokenSet.Region, TokenSet.Outside)]);
        var count = network.Vision!.PatchCount;
        Assert.Equal(2, tiles.Sequences.Length);
        Assert.Equal([0, 1, 0], tiles.Slots);
        Assert.Equal([.. Enumerable.Range(0, 2 * count).Concat(Enumerable.Range(0, count)).Select(token => (long)token)], tiles.ImageTokens!.Value.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_BlockThatNamesTheRegionInTheTower_GivesEveryRowItsOwnTiles(bool region)
    {
        using var network = TestNetworks.Load("llava");
        var set = TokenSet.Patches - (region ? TokenSet.Region : TokenSet.Outside);
        var tiles = Of(network, [new(Tower.Vision, set, TokenSet.Patches)]);
        Assert.Equal([0, 1, 2], tiles.Slots);
        Assert.Null(tiles.ImageTokens);
    }

    private static SharedTiles Of(Network network, ImmutableArray<AttentionBlock> blocks) =>
        SharedTiles.Of(Tokens(network), SharedTiles.ArePerRow(new ForwardRequest { Blocks = blocks }));

    /// <summary>The third row asks about the first one's picture, elsewhere in it.</summary>
    private static BatchTokens Tokens(Network network)
    {
        var rows = TestNetworks.ThreeRows(network);
        var again = rows[2] with { Pictures = [rows[0].Pictures[0] with { Region = rows[2].Pictures[0].Region }] };
        return network.Tokens(new Batch([rows[0], rows[1], again]));
    }
}
