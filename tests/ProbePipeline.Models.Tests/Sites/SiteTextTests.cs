using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Tests.Sites;

public sealed class SiteTextTests
{
    [Theory]
    [MemberData(nameof(SiteTests.Texts), MemberType = typeof(SiteTests))]
    public void Parse_TextOfASite_IsTheSite(Site site, string text) => Assert.Equal(site, SiteText.Parse(text));

    [Theory]
    [InlineData("vision.resid_post", SiteKind.ResidualPost, Tower.Vision, null)]
    [InlineData("vision.resid_post.12", SiteKind.ResidualPost, Tower.Vision, 12)]
    [InlineData("language.mlp_out", SiteKind.MlpOut, Tower.Language, null)]
    [InlineData("projector", SiteKind.Projector, Tower.Language, null)]
    public void ParsePattern_WithAndWithoutLayer_IsRead(string text, SiteKind kind, Tower tower, int? layer)
    {
        Assert.Equal((kind, tower, layer), SiteText.ParsePattern(text));
        Assert.Equal(text, SiteText.Write(kind, tower, layer));
    }

    [Theory]
    [InlineData("vision.resid")]
    [InlineData("vision")]
    [InlineData("")]
    [InlineData("projector.0")]
    [InlineData("language.pooled")]
    [InlineData("language.embeddings.0")]
    [InlineData("vision.resid_post.-1")]
    [InlineData("vision.resid_post.")]
    [InlineData("Vision.resid_post")]
    public void ParsePattern_AnythingElse_SaysWhatIsAllowed(string text) => Assert.Equal(
        $"found \"{text}\", expected a site: language.attn_out, language.embeddings, language.final_norm, language.mlp_out, language.resid_post, projector, "
        + "vision.attn_out, vision.embeddings, vision.final_norm, vision.mlp_out, vision.pooled, vision.resid_post; one layer of it as in vision.resid_post.3",
        Assert.Throws<FormatException>(() => SiteText.ParsePattern(text)).Message);

    [Fact]
    public void Parse_LayerLeftOut_AsksForIt() => Assert.Equal(
        "found \"vision.attn_out\", expected its layer too, as in vision.attn_out.0",
        Assert.Throws<FormatException>(() => SiteText.Parse("vision.attn_out")).Message);

    [Fact]
    public void Write_AttentionInput_IsNoOtherSiteAndNotReadFromFiles()
    {
        Assert.Equal("vision.attn_in.2", $"{Site.AttentionIn(Tower.Vision, 2)}");
        Assert.Equal("vision.attn_in.2", SiteText.Write(SiteKind.AttentionIn, Tower.Vision, 2));
        Assert.Throws<FormatException>(() => SiteText.Parse("vision.attn_in.2"));
    }
}
