using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Tests.Masks;

public sealed class AttentionBlockTests
{
    [Theory]
    [InlineData("all", "all", false)]
    [InlineData("image", "question+last", false)]
    [InlineData("region", "all", true)]
    [InlineData("question", "outside", true)]
    [InlineData("question", "image-(text+region)", true)]
    public void DependsOnRegion_SetsOfTheBlock_SayWhetherOneIsTheRegions(string from, string to, bool expected) =>
        Assert.Equal(expected, new AttentionBlock(Tower.Language, TokenSetText.Parse(from, Tower.Language), TokenSetText.Parse(to, Tower.Language)).DependsOnRegion);
}
