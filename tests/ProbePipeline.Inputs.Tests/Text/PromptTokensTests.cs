using ProbePipeline.Inputs.Text;

namespace ProbePipeline.Inputs.Tests.Text;

public sealed class PromptTokensTests
{
    private static readonly TextTokenizer Tokenizer = SmallTokenizer.With(file =>
    {
        SmallTokenizer.Added("<image>")(file);
        SmallTokenizer.Part("post_processor", """{"type": "BertProcessing", "sep": ["b", 2], "cls": ["c", 3]}""")(file);
    });

    [Fact]
    public void Encode_Placeholder_IsRepeatedForEveryImageToken() =>
        Assert.Equal([3, 1, 50, 50, 50, 4, 50, 2], PromptTokens.Encode(Tokenizer, "a<image>ab<image>", [Picture(3), Picture(1)], imageTokenId: 50));

    [Fact]
    public void Encode_BeginningThatThePromptWrites_ComesOnce() =>
        Assert.Equal([50, 50, 3, 1], PromptTokens.Encode(Tokenizer, "<image>ca", [Picture(2)], imageTokenId: 50));

    [Fact]
    public void Encode_NumberedPlaceholders_BecomeNegativeIdsBetweenPiecesOfTheirOwn() =>
        Assert.Equal([3, 1, 2, -1, -1, 3, 4, 2], PromptTokens.Encode(Tokenizer, "a<|image_1|>ab", [Picture(2)], imageTokenId: null));

    [Fact]
    public void Encode_PicturesThatBringMarkers_AreEncodedAtOneGoWithThem() => Assert.Equal(
        [3, 1, 1, 50, 2, 50, 5, 50, 2],
        PromptTokens.Encode(
            Tokenizer,
            "a<image>b<image>",
            [Picture(2, "a<image>b<image>a"), Picture(1, "c<image>")],
            imageTokenId: 50));

    [Theory]
    [InlineData("a", 50, "expected as many placeholders <image> in the prompt as there are pictures, 1; found 0")]
    [InlineData("<image><image>", 50, "1; found 2")]
    [InlineData("a", null, "expected as many placeholders <|image_1|> in the prompt as there are pictures, 1; found 0")]
    [InlineData("<|image_2|>", null, "expected the placeholders <|image_1|> to <|image_1|>, each once; found <|image_2|>")]
    public void Encode_PlaceholdersThatDoNotFit_AreRefused(string prompt, int? imageTokenId, string message) =>
        Assert.Contains(message, Assert.Throws<PromptException>(() => PromptTokens.Encode(Tokenizer, prompt, [Picture(2)], imageTokenId)).Message, StringComparison.Ordinal);

    private static ImageTokenLayout Picture(int tokens, string? text = null) =>
        new([.. Enumerable.Range(0, tokens).Select(column => ImageToken.Patch(0, 0, column))], tileCount: 1, gridRows: 1, gridColumns: tokens) { PromptText = text };
}
