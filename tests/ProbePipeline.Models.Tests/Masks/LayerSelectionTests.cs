using ProbePipeline.Models.Masks;

namespace ProbePipeline.Models.Tests.Masks;

public sealed class LayerSelectionTests
{
    [Fact]
    public void Range_EndsBeforeItBegins_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => LayerSelection.Range(3, 2));

    [Fact]
    public void Resolve_NoLayerOfTheTower_IsRefusedWithBoth() => Assert.Equal(
        "layers 'early half' choose none of the tower's 1 layers", Assert.Throws<MaskException>(() => LayerSelection.EarlyHalf.Resolve(1)).Message);

    [Fact]
    public void Equals_WrittenAlikeOrNot_SaysSo()
    {
        Assert.True(LayerSelection.Of(2, 1).Equals(LayerSelection.Of(1, 2, 2)));
        Assert.False(LayerSelection.Of(1, 2).Equals(LayerSelection.Range(1, 2)));
        Assert.False(LayerSelection.All.Equals(null));
    }
}
