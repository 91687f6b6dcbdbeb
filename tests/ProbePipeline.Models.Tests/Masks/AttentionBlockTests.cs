using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Tests.Masks;

public sealed class AttentionBlockTests
{
    [Theory]
    [InlineData("all", "all", false)]
    [InlineData("image", "question+last", false)]
    [InlineData("region", "all", true)]
    [InlineData("region+region", "all", true)]
    [InlineData("question", "outside", true)]
    [InlineData("question", "image-(text+region)", true)]
    public void DependsOnRegion_SetsOfTheBlock_SayWhetherOneIsTheRegions(string from, string to, bool expected) =>
        Assert.Equal(expected, new AttentionBlock(Tower.Language, TokenSetText.Parse(from, Tower.Language), TokenSetText.Parse(to, Tower.Language)).DependsOnRegion);

    [Fact]
    public void ToString_EveryPart_IsSaid()
    {
        var block = new AttentionBlock(Tower.Language, TokenSet.All - TokenSet.Last, TokenSet.Image);

        Assert.Equal("language: all-last to image, layers all", $"{block}");
        Assert.Equal(
            "vision: all-last to image, layers 1-2, heads 0, 3, self included, means for keys and values",
            $"{block with { Tower = Tower.Vision, Layers = LayerSelection.Range(1, 2), Heads = [0, 3], KeepSelf = false, Means = KeyMeans.Unknown }}");
    }
}
