using ProbePipeline.Models.Masks;

namespace ProbePipeline.Models.Tests.Masks;

public sealed class LayerSelectionTextTests
{
    [Theory]
    [InlineData("all", new[] { 0, 1, 2, 3, 4, 5, 6 })]
    [InlineData("early half", new[] { 0, 1, 2 })]
    [InlineData("late half", new[] { 3, 4, 5, 6 })]
    [InlineData("3", new[] { 3 })]
    [InlineData("0-2", new[] { 0, 1, 2 })]
    [InlineData("4-4", new[] { 4 })]
    [InlineData("4, 1", new[] { 1, 4 })]
    public void Parse_EveryForm_ChoosesItsLayers(string text, int[] layers)
    {
        var selection = LayerSelectionText.Parse(text);

        Assert.Equal(layers, selection.Resolve(7));
        Assert.Equal(selection, LayerSelectionText.Parse($"{selection}"));
        Assert.Equal(layers, LayerSelectionText.Parse($"{selection}").Resolve(7));
    }

    [Theory]
    [InlineData("")]
    [InlineData("late")]
    [InlineData("-1")]
    [InlineData("5-3")]
    [InlineData("1-2-3")]
    [InlineData("1,")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void Parse_AnythingElse_SaysWhatIsAllowed(string text) => Assert.Equal(
        $"found \"{text}\", expected all, early half, late half, a layer such as 3, a range such as 0-5 or a list such as [1, 4]",
        Assert.Throws<FormatException>(() => LayerSelectionText.Parse(text)).Message);

    [Fact]
    public void Parse_Nothing_IsRefused() => Assert.Throws<ArgumentNullException>(() => LayerSelectionText.Parse(null!));
}
