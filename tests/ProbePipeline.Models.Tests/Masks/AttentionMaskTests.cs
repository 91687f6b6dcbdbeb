using System.Collections.Immutable;
using System.Text;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Masks;

public sealed class AttentionMaskTests
{
    private static readonly AttentionShape Decoder = new(HeadCount: 2, Causal: true, [null, null, 3, null]);

    private static readonly AttentionShape Encoder = new(HeadCount: 2, Causal: false, [null, null]);

    [Fact]
    public void Build_CausalRowWithoutBlocks_SeesItselfAndWhatCameBefore()
    {
        using var mask = Build(Decoder, [Row(4)]);
        Assert.Equal("#--- ##-- ###- ####", Draw(mask[0]!));
    }

    [Fact]
    public void Build_SlidingWindow_CountsTheTokenItself()
    {
        using var mask = Build(Decoder, [Row(5)]);
        Assert.Equal("#---- ##--- ###-- -###- --###", Draw(mask[2]!));
    }

    [Fact]
    public void Build_LeftPadding_IsAKeyForItselfAlone()
    {
        using var mask = Build(Decoder, [Row(4), Row(4, padding: 2)]);
        Assert.Equal("#--- ##-- ###- ####", Draw(mask[0]!, row: 0));
        Assert.Equal("#--- -#-- --#- --##", Draw(mask[0]!, row: 1));
    }

    [Fact]
    public void Build_BlockWithKeepSelf_LeavesTheDiagonal()
    {
        using var mask = Build(Decoder, [Row(4)], new AttentionBlock(Tower.Language, TokenSet.All, TokenSet.All));
        Assert.Equal("#--- -#-- --#- ---#", Draw(mask[0]!));
    }

    [Fact]
    public void Build_BlockWithoutKeepSelf_CutsTheDiagonalToo()
    {
        using var mask = Build(Decoder, [Row(4)], new AttentionBlock(Tower.Language, TokenSet.Positions(2), TokenSet.Positions(1, 2)) { KeepSelf = false });
        Assert.Equal("#--- ##-- #--- ####", Draw(mask[0]!));
    }

    [Fact]
    public void Build_BlockInSomeLayers_LeavesTheOthersAndSharesEqualMasks()
    {
        using var mask = Build(Decoder, [Row(4)], new AttentionBlock(Tower.Language, TokenSet.Last, TokenSet.Positions(0)) { Layers = LayerSelection.LateHalf });
        Assert.Equal("#--- ##-- ###- ####", Draw(mask[1]!));
        Assert.Equal("#--- ##-- ###- -###", Draw(mask[3]!));
        Assert.Same(mask[0], mask[1]);
    }

    [Fact]
    public void Build_BlockInSomeHeads_LeavesTheOthers()
    {
        using var mask = Build(Encoder, [Tile(3)], new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.All) { Heads = [1] });
        Assert.Equal("### ### ###", Draw(mask[0]!, head: 0));
        Assert.Equal("#-- -#- --#", Draw(mask[0]!, head: 1));
    }

    [Fact]
    public void Build_RegionsThatDiffer_AreCutRowByRow()
    {
        using var mask = Build(Encoder, [Tile(3, 0), Tile(3, 2)], new AttentionBlock(Tower.Vision, TokenSet.Region, TokenSet.Outside));
        Assert.Equal("#-- ### ###", Draw(mask[0]!, row: 0));
        Assert.Equal("### ### --#", Draw(mask[0]!, row: 1));
    }

    [Fact]
    public void Build_BlocksOfTheOtherTower_ArePassedOver()
    {
        using var mask = Build(Encoder, [Tile(3)], new AttentionBlock(Tower.Language, TokenSet.All, TokenSet.All));
        Assert.Null(mask[0]);
    }

    [Fact]
    public void Build_CachedStep_IsTheLastRowOfTheWholeMask()
    {
        var sequence = TokenSequence.OfRow(6, padding: 1, generated: 2, image: [2], separators: [], region: null);
        var block = new AttentionBlock(Tower.Language, TokenSet.Last, TokenSet.Image);
        using var whole = AttentionMask.Build(Tower.Language, Decoder, [sequence], [block], firstQuery: 0, CPU);
        using var step = AttentionMask.Build(Tower.Language, Decoder, [sequence], [block], firstQuery: 5, CPU);
        for (var layer = 0; layer < Decoder.LayerWindows.Count; layer++)
        {
            Assert.Equal(Draw(whole[layer]!).Split(' ')[^1], Draw(step[layer]!));
        }

        Assert.Equal("-#-###", Draw(step[0]!));
    }

    [Fact]
    public void Build_GeneratedNamedAsKey_IsCut()
    {
        var sequence = TokenSequence.OfRow(4, padding: 0, generated: 2, image: [0], separators: [], region: null);
        using var mask = AttentionMask.Build(
            Tower.Language, Decoder, [sequence], [new AttentionBlock(Tower.Language, TokenSet.Generated, TokenSet.Generated)], firstQuery: 0, CPU);
        Assert.Equal("#--- ##-- ###- ##-#", Draw(mask[0]!));
    }

    [Fact]
    public void Build_BidirectionalPrefix_LetsThePromptSeeBothWaysAndKeepsWhatIsGeneratedCausal()
    {
        var shape = Decoder with { HasBidirectionalPrefix = true };
        using var mask = AttentionMask.Build(Tower.Language, shape, [Generating(1, padding: 1), Generating(2, padding: 0)], [], firstQuery: 0, CPU);
        // What a padding query sees nobody reads.
        Assert.Equal("-###- -###- -###- -####", Draw(mask[0]!, row: 0)[6..]);
        Assert.Equal("###-- ###-- ###-- ####- #####", Draw(mask[0]!, row: 1));

        static TokenSequence Generating(int generated, int padding) => TokenSequence.OfRow(5, padding, generated, image: [], separators: [], region: null);
    }

    [Fact]
    public void Build_Means_OpenTheReplacementsOfTheirEdgesInPlaceOfTheTokens()
    {
        var (first, second) = (KeyMeans.Unknown, new KeyMeans(ImmutableSortedDictionary<int, ImmutableArray<float>>.Empty.Add(0, [1])));
        using var mask = Build(
            Decoder,
            [Row(4)],
            new AttentionBlock(Tower.Language, TokenSet.Positions(3), TokenSet.Positions(0, 1)) { Means = first, Layers = LayerSelection.Of(1) },
            new AttentionBlock(Tower.Language, TokenSet.Positions(2, 3), TokenSet.Positions(1, 2, 3)) { Means = second, Layers = LayerSelection.Of(1) });
        var edges = mask.Edges(1).Replaced!;

        // The tokens, what the first block puts in their place, what the second does: an edge of both is the first's, one that is closed opens nowhere.
        Assert.Equal("#----------- ##---------- #-#------#-- ---###----#-", Draw(edges.Extended));
        Assert.Equal("#--- ##-- #-#- ---#", Draw(mask[1]!));
        Assert.Equal("- - # #", Draw(edges.Queries));
        Assert.Equal([first, second], edges.Means);
        Assert.True(mask.Replaces);
        Assert.Null(mask.Edges(0).Replaced);
    }

    [Fact]
    public void Build_MeansWhereEverythingIsOpen_LeaveTheOtherEdges()
    {
        using var mask = Build(Encoder, [Tile(3)], new AttentionBlock(Tower.Vision, TokenSet.Positions(0), TokenSet.Positions(1)) { Means = KeyMeans.Unknown });
        Assert.Equal("#-#-#- ###--- ###---", Draw(mask.Edges(0).Replaced!.Extended));
    }

    [Fact]
    public void Replaces_BlocksWithoutMeans_IsFalse()
    {
        using var mask = Build(Encoder, [Tile(3)], new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.All));
        Assert.False(mask.Replaces);
    }

    [Fact]
    public void Build_QueryWithoutKey_IsRefusedByName()
    {
        var block = new AttentionBlock(Tower.Language, TokenSet.Positions(1), TokenSet.Positions(0, 1)) { KeepSelf = false, Layers = LayerSelection.Of(3), Heads = [1] };
        var error = Assert.Throws<MaskException>(() => Build(Decoder, [Row(3), Row(3)], block));
        Assert.Contains("row 0, language layer 3, head 1: the token at position 1 has no key left", error.Message, StringComparison.Ordinal);
        Assert.Contains(block.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_QueryOfAStepWithoutKey_IsNamedByItsPlaceInTheRow()
    {
        var block = new AttentionBlock(Tower.Language, TokenSet.All, TokenSet.All) { KeepSelf = false };
        var error = Assert.Throws<MaskException>(() => AttentionMask.Build(Tower.Language, Decoder, [Row(3)], [block], firstQuery: 2, CPU));
        Assert.Contains("layer 0, head 0: the token at position 2 has no key left", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_QueryWithoutKeyAfterSeveralBlocks_NamesThemAll()
    {
        var self = new AttentionBlock(Tower.Vision, TokenSet.Positions(1), TokenSet.Positions(0, 1)) { KeepSelf = false };
        var error = Assert.Throws<MaskException>(() => Build(Encoder, [Tile(3)], self, new AttentionBlock(Tower.Vision, TokenSet.Positions(1), TokenSet.Positions(2))));
        Assert.Equal(
            "row 0, vision layer 0, head 0: the token at position 1 has no key left after [vision: positions [1] to positions [0, 1], layers all, self included; "
            + "vision: positions [1] to positions [2], layers all]; leave it a key, for example itself (keepSelf)",
            error.Message);
    }

    [Fact]
    public void Build_PaddingQueryWithoutKey_IsNotRefused()
    {
        var block = new AttentionBlock(Tower.Language, TokenSet.Positions(0), TokenSet.Positions(0)) { KeepSelf = false };
        using var mask = Build(Decoder, [Row(3, padding: 1)], block);
        Assert.Equal("--- -#- -##", Draw(mask[0]!));
    }

    [Fact]
    public void Build_LayerThatDoesNotExist_IsRefused()
    {
        var error = Assert.Throws<MaskException>(() => Build(Decoder, [Row(3)], new AttentionBlock(Tower.Language, TokenSet.All, TokenSet.All) { Layers = LayerSelection.Range(2, 4) }));
        Assert.Contains("layer 4 does not exist: the tower has 4 layers, 0 to 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void Build_HeadThatDoesNotExist_IsRefused(int head)
    {
        var error = Assert.Throws<MaskException>(() => Build(Decoder, [Row(3)], new AttentionBlock(Tower.Language, TokenSet.All, TokenSet.All) { Heads = [head] }));
        Assert.Contains($"head {head} does not exist: the tower has 2 heads, 0 to 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SetThatDoesNotExist_NamesBlockAndRow()
    {
        var error = Assert.Throws<MaskException>(() => Build(
            Encoder, [Tile(3, 1), TokenSequence.OfTile(classTokens: 0, registers: 0, patches: 3, region: null, row: 1)], new AttentionBlock(Tower.Vision, TokenSet.Region, TokenSet.All)));
        Assert.StartsWith("[vision: region to all, layers all], row 1: the token set 'region' does not exist", error.Message, StringComparison.Ordinal);
    }

    private static AttentionMask Build(AttentionShape shape, TokenSequence[] sequences, params AttentionBlock[] blocks) =>
        AttentionMask.Build(shape.Causal ? Tower.Language : Tower.Vision, shape, sequences, blocks, firstQuery: 0, CPU);

    private static TokenSequence Row(int length, int padding = 0) => TokenSequence.OfRow(length, padding, generated: 0, image: [], separators: [], region: null);

    private static TokenSequence Tile(int patches, params int[] region) => TokenSequence.OfTile(classTokens: 0, registers: 0, patches, region.Length == 0 ? null : region);

    private static string Draw(Tensor mask, int row = 0, int head = 0)
    {
        using var scope = NewDisposeScope();
        var values = mask.expand(Math.Max(mask.shape[0], row + 1), Math.Max(mask.shape[1], head + 1), mask.shape[2], mask.shape[3])[row, head];
        var text = new StringBuilder();
        for (var query = 0; query < values.shape[0]; query++)
        {
            text.Append(query == 0 ? "" : " ").AppendJoin("", values[query].data<bool>().Select(allowed => allowed ? '#' : '-'));
        }

        return text.ToString();
    }
}
