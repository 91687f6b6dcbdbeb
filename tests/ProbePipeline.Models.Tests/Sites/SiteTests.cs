using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Tests.Sites;

public sealed class SiteTests
{
    public static TheoryData<Site, string> Texts => new()
    {
        { Site.Embeddings(Tower.Vision), "vision.embeddings" },
        { Site.ResidualPost(Tower.Vision, 3), "vision.resid_post.3" },
        { Site.AttentionOut(Tower.Language, 0), "language.attn_out.0" },
        { Site.MlpOut(Tower.Language, 11), "language.mlp_out.11" },
        { Site.FinalNorm(Tower.Language), "language.final_norm" },
        { Site.Projector, "projector" },
        { Site.Pooled, "vision.pooled" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void ToString_EverySite_IsTheFormOfReports(Site site, string text) => Assert.Equal(text, site.ToString());

    [Fact]
    public void ResidualPost_NegativeLayer_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Site.ResidualPost(Tower.Vision, -1));
}
