using ProbePipeline.Options;

namespace ProbePipeline.Tests.Options;

public sealed class CaptureOptionsTests
{
    [Fact]
    public void Poolings_OfExperiments_AreThoseOfOneVector() => Assert.Equal(
        ["region-mean", "region-max", "cls", "image-mean", "question-mean", "last"], CaptureOptions.Poolings.Select(pooling => pooling.Name));

    [Theory]
    [InlineData("vision.resid_post", "region-mean region-max cls image-mean")]
    [InlineData("vision.final_norm", "region-mean region-max cls image-mean")]
    [InlineData("vision.pooled", "image-mean")]
    [InlineData("projector", "region-mean region-max image-mean")]
    [InlineData("language.embeddings", "region-mean region-max image-mean question-mean last")]
    [InlineData("language.resid_post.3", "region-mean region-max image-mean question-mean last")]
    public void Applies_EverySite_TakesThePoolingsThatItHasTokensFor(string site, string expected) =>
        Assert.Equal(expected, string.Join(' ', CaptureOptions.Poolings.Where(pooling => CaptureOptions.Applies(pooling, SitePattern.Parse(site)))));
}
