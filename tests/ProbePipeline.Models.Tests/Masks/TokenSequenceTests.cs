using ProbePipeline.Models.Masks;

namespace ProbePipeline.Models.Tests.Masks;

public sealed class TokenSequenceTests
{
    // Two padding positions, two words, four image tokens of which the last ends a row, three words, two generated tokens.
    private static readonly TokenSequence Row = TokenSequence.OfRow(length: 13, padding: 2, generated: 2, image: [4, 5, 6, 7], separators: [7], region: [5]);

    private static readonly TokenSequence Tile = TokenSequence.OfTile(classTokens: 1, registers: 0, patches: 4, region: [1, 2]);

    public static TheoryData<TokenSet, string> LanguageSets => new()
    {
        { TokenSet.All, "--#########--" },
        { TokenSet.Image, "----####-----" },
        { TokenSet.Separators, "-------#-----" },
        { TokenSet.Region, "-----#-------" },
        { TokenSet.Outside, "----#-##-----" },
        { TokenSet.Text, "--##----###--" },
        { TokenSet.Question, "--------###--" },
        { TokenSet.Last, "----------#--" },
        { TokenSet.Generated, "-----------##" },
        { TokenSet.Positions(0, 12), "#-----------#" },
        { TokenSet.Image - TokenSet.Separators, "----###------" },
        { TokenSet.Question + TokenSet.Region, "-----#--###--" },
        { TokenSet.All - (TokenSet.Image + TokenSet.Last), "--##----##---" },
    };

    public static TheoryData<TokenSet, string> QuerySets => new()
    {
        { TokenSet.All, "--###########" },
        { TokenSet.Last, "----------###" },
        { TokenSet.Question, "--------#####" },
        { TokenSet.Text, "--##----#####" },
        { TokenSet.Positions(10), "----------###" },
        { TokenSet.Positions(9), "---------#---" },
        { TokenSet.Image, "----####-----" },
        { TokenSet.All - TokenSet.Last, "--########---" },
        { TokenSet.Question - TokenSet.Generated, "--------###--" },
        { TokenSet.Region + TokenSet.Generated, "-----#-----##" },
    };

    public static TheoryData<TokenSet, string> VisionSets => new()
    {
        { TokenSet.All, "#####" },
        { TokenSet.ClassTokens, "#----" },
        { TokenSet.Patches, "-####" },
        { TokenSet.Region, "--##-" },
        { TokenSet.Outside, "-#--#" },
        { TokenSet.Outside + TokenSet.ClassTokens, "##--#" },
    };

    [Theory]
    [MemberData(nameof(LanguageSets))]
    public void Members_OfARow_AreAsDefined(TokenSet set, string expected) => Assert.Equal(expected, Draw(Row.Members(set)));

    [Theory]
    [MemberData(nameof(QuerySets))]
    public void Queries_WithTheLastPromptToken_HoldEveryGeneratedToken(TokenSet set, string expected) => Assert.Equal(expected, Draw(Row.Queries(set)));

    [Theory]
    [MemberData(nameof(VisionSets))]
    public void Members_OfATile_AreAsDefined(TokenSet set, string expected) => Assert.Equal(expected, Draw(Tile.Members(set)));

    [Fact]
    public void Members_SetThatDoesNotExist_IsRefusedWithWhatDoes()
    {
        var withoutRegion = TokenSequence.OfTile(classTokens: 0, registers: 0, patches: 4, region: null);
        foreach (var set in new[] { TokenSet.ClassTokens, TokenSet.Region, TokenSet.Outside, TokenSet.Question, TokenSet.Patches - TokenSet.ClassTokens })
        {
            var error = Assert.Throws<MaskException>(() => withoutRegion.Members(set));
            Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("which has: all, patches", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(13)]
    public void Members_PositionOutside_IsRefused(int position)
    {
        var error = Assert.Throws<MaskException>(() => Row.Members(TokenSet.Positions(position)));
        Assert.Contains($"position {position} does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Until_BeginningOfARow_KeepsItsSets()
    {
        var beginning = Row.Until(9);

        Assert.Equal(9, beginning.Length);
        Assert.Equal("--#######", Draw(beginning.Members(TokenSet.All)));
        Assert.Equal("--##----#", Draw(beginning.Queries(TokenSet.Text)));
        Assert.Equal("---------", Draw(beginning.Members(TokenSet.Last)));
    }

    [Fact]
    public void Equals_SetsWrittenAlike_AreEqual()
    {
        Assert.Equal(TokenSet.Image - TokenSet.Positions(3, 1), TokenSet.Image - TokenSet.Positions(1, 3));
        Assert.NotEqual(TokenSet.Image + TokenSet.Region, TokenSet.Region + TokenSet.Image);
        Assert.Equal(TokenSet.Image + TokenSet.Last, TokenSet.Add(TokenSet.Image, TokenSet.Last));
        Assert.Equal(TokenSet.Image - TokenSet.Last, TokenSet.Subtract(TokenSet.Image, TokenSet.Last));
        Assert.Equal("image-(region+positions [1, 3])", (TokenSet.Image - (TokenSet.Region + TokenSet.Positions(3, 1))).ToString());
    }

    private static string Draw(bool[] members) => string.Concat(members.Select(member => member ? '#' : '-'));

    [Theory]
    [InlineData("cls", "#------")]
    [InlineData("registers", "-##----")]
    [InlineData("patches", "---####")]
    [InlineData("region", "----##-")]
    [InlineData("outside", "---#--#")]
    [InlineData("all", "#######")]
    public void Members_TileWithRegisters_TellsThemFromClassTokenAndPatches(string set, string expected)
    {
        var tile = TokenSequence.OfTile(classTokens: 1, registers: 2, patches: 4, region: [1, 2]);
        Assert.Equal(expected, string.Concat(tile.Members(TokenSetText.Parse(set, Models.Sites.Tower.Vision)).Select(member => member ? '#' : '-')));
    }
}
