using System.Reflection;
using ProbePipeline.Models.Sites;
using ProbePipeline.Testing;

namespace ProbePipeline.Models.Tests.Sites;

public sealed class PoolingTests
{
    [Fact]
    public void Known_EveryPoolingOfTheClass_IsListed() => Assert.Equal(
        typeof(Pooling).GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == typeof(Pooling)).Select(property => (Pooling)property.GetValue(null)!),
        Pooling.Known);

    [Fact]
    public void Known_EveryPooling_IsInTheTableOfSites()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "sites.md"));

        Assert.Empty(Pooling.Known.Where(pooling => !page.Contains($"`{pooling}`", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("region-mean", true, false, false)]
    [InlineData("region-max", true, false, false)]
    [InlineData("region-tokens", true, false, false)]
    [InlineData("cls", false, true, false)]
    [InlineData("image-mean", false, false, false)]
    [InlineData("question-mean", false, false, true)]
    [InlineData("last", false, false, true)]
    [InlineData("tokens", false, false, false)]
    public void Reads_EveryPooling_IsWhatItsTokenSetsName(string name, bool region, bool classToken, bool text)
    {
        var pooling = Pooling.Named(name);

        Assert.Equal((region, classToken, text, !classToken && !text), (pooling.ReadsRegion, pooling.ReadsClassToken, pooling.ReadsText, pooling.ReadsPatches));
    }

    [Fact]
    public void Named_UnknownName_SaysWhichThereAre() => Assert.Equal(
        "found \"mean\", expected one of region-mean, region-max, region-tokens, cls, image-mean, question-mean, last, tokens",
        Assert.Throws<FormatException>(() => Pooling.Named("mean")).Message);

    [Fact]
    public void For_ImageMean_IsThePatchesOfTheTowerAndTheTokensOfTheDecoder() =>
        Assert.Equal(("patches", "image"), ($"{Pooling.ImageMean.For(Tower.Vision)}", $"{Pooling.ImageMean.For(Tower.Language)}"));

    [Fact]
    public void ToString_OfACapture_IsItsSiteAndPooling() => Assert.Equal("projector (region-max)", $"{new SiteCapture(Site.Projector, Pooling.RegionMax)}");
}
