using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Tests.Masks;

public sealed class TokenSetTextTests
{
    public static TheoryData<string, Tower, TokenSet> Texts => new()
    {
        { "all", Tower.Vision, TokenSet.All },
        { "cls", Tower.Vision, TokenSet.ClassTokens },
        { "outside + cls", Tower.Vision, TokenSet.Outside + TokenSet.ClassTokens },
        { "image+last", Tower.Language, TokenSet.Image + TokenSet.Last },
        { "text-question+last", Tower.Language, TokenSet.Text - TokenSet.Question + TokenSet.Last },
        { "all-(question+last)", Tower.Language, TokenSet.All - (TokenSet.Question + TokenSet.Last) },
        { "((image))-(separators-(region))", Tower.Language, TokenSet.Image - (TokenSet.Separators - TokenSet.Region) },
        { "positions [0, 3]+cls", Tower.Vision, TokenSet.Positions(0, 3) + TokenSet.ClassTokens },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_EveryForm_IsTheSet(string text, Tower tower, TokenSet expected) => Assert.Equal(expected, TokenSetText.Parse(text, tower));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Write_WhatWasParsed_IsReadAgain(string text, Tower tower, TokenSet expected) =>
        Assert.Equal(expected, TokenSetText.Parse(TokenSetText.Write(TokenSetText.Parse(text, tower)), tower));

    [Fact]
    public void Write_DifferenceAtTheRight_KeepsItsParentheses()
    {
        // Without them the text would mean (a + b) - b.
        var set = TokenSet.Image + (TokenSet.Text - TokenSet.Image);

        Assert.Equal("image+(text-image)", TokenSetText.Write(set));
        Assert.Equal(set, TokenSetText.Parse("image+(text-image)", Tower.Language));
    }

    [Theory]
    [InlineData("imag")]
    [InlineData("cls")]
    [InlineData("")]
    [InlineData("image+")]
    [InlineData("+image")]
    [InlineData("image last")]
    [InlineData("(image")]
    [InlineData("image)")]
    [InlineData("image*last")]
    [InlineData("Image")]
    [InlineData("positions")]
    [InlineData("positions []")]
    [InlineData("positions [99999999999]")]
    public void Parse_AnythingElse_SaysWhatTheTowerHas(string text)
    {
        var error = Assert.Throws<FormatException>(() => TokenSetText.Parse(text, Tower.Language));

        Assert.Equal(
            $"found \"{text}\", expected tokens of the language tower: all, image, region, outside, text, question, last, generated, separators, joined by + and -",
            error.Message);
    }

    [Fact]
    public void Parse_LanguageSetInTheVisionTower_SaysWhatTheTowerHas() => Assert.Equal(
        "found \"image\", expected tokens of the vision tower: all, cls, registers, patches, region, outside, joined by + and -",
        Assert.Throws<FormatException>(() => TokenSetText.Parse("image", Tower.Vision)).Message);

    [Fact]
    public void Parse_EndlessParentheses_AreRefusedByLength() => Assert.Equal(
        "found a text of 100000 characters, expected a token set of 200 at most",
        Assert.Throws<FormatException>(() => TokenSetText.Parse(new string('(', 100_000), Tower.Vision)).Message);

    [Fact]
    public void Parse_LongestText_IsRead() =>
        Assert.Equal(TokenSet.All, TokenSetText.Parse($"{new string('(', 98)}all{new string(')', 98)} ", Tower.Vision));

    [Fact]
    public void Parse_Nothing_IsRefused() => Assert.Throws<ArgumentNullException>(() => TokenSetText.Parse(null!, Tower.Vision));
}
