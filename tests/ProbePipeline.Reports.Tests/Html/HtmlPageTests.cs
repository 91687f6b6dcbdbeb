using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Documents;
using ProbePipeline.Reports.Html;

namespace ProbePipeline.Reports.Tests.Html;

public sealed partial class HtmlPageTests
{
    private const string Hostile = "<script>alert('1')</script> & \"more\"";

    private static readonly string Page = Write(ReferenceStudy.Results);

    [Fact]
    public void Write_Page_NamesNoAddress()
    {
        Assert.DoesNotContain("http:", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", Page, StringComparison.OrdinalIgnoreCase);
        Assert.All(Source().Matches(Page), match => Assert.StartsWith("data:image/", match.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Page_ForbidsToLoadAnythingAndAllowsItsOwnSheetByItsHash()
    {
        var sheet = Page[(Page.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length)..Page.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.Contains(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-"
                + $"{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;\">",
            Page,
            StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-", Page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=\"", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HostileNames_AreText()
    {
        var results = ReferenceStudy.With((Hostile, ReferenceStudy.Results.Conditions["intact"] with { Blocks = [Hostile] })) with
        {
            Name = Hostile,
            Dropped = [new DroppedRow(Hostile, Hostile)],
            Samples = [new SampleRow(Hostile, Hostile, Hostile, new OrderedDictionary<string, string> { [Hostile] = Hostile }, ReferenceStudy.Results.Samples[0].Png)],
            Provenance = ReferenceStudy.Results.Provenance with { Command = Hostile, Experiment = Hostile },
        };

        var page = Write(results);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"more\"", page, StringComparison.Ordinal);
        Assert.Contains("<title>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;more&quot;</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Page_ComesInReadingOrder()
    {
        string[] titles = [.. Title().Matches(Page).Select(match => match.Groups[1].Value)];

        Assert.Equal(
            [
                "partscenes", "Answers and best probes", "Baselines", "Logit lens", "Differences between conditions", "In which layers it matters", "Transfer between conditions",
                "Does the probe read what it claims?", "Directions of the target", "Every site under every condition", "Confusions", "Sample rows", "Dropped rows", "Regions", "Conditions", "Method", "Provenance",
            ],
            titles);
        Assert.True(Page.IndexOf("<picture>", StringComparison.Ordinal) < Page.IndexOf("class=\"lead\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Page_CanBeUsedWithoutSeeingIt()
    {
        Assert.Equal(12, Image().Count(Page));
        Assert.All(Image().Matches(Page), match => Assert.Matches(" alt=\"[^\"]{20,}\"", match.Value));
        Assert.Equal(Page.Split("<table>").Length, Page.Split("<caption>").Length);
        Assert.Contains("<html lang=\"en\">", Page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">region-only</th>", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Page_HasEveryChartLightAndDark()
    {
        Assert.Equal(8, Page.Split("<source media=\"(prefers-color-scheme: dark)\" srcset=\"data:image/svg").Length - 1);
        Assert.Contains("color-scheme: light dark", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Page_HoldsTheFiguresOfTheStudy()
    {
        Assert.Contains("<td class=\"number\">0.844</td><td class=\"number\">0.818 to 0.871</td>", Page, StringComparison.Ordinal);
        Assert.Contains("decoder-cut equals intact at 7 sites, both-cut equals vision-cut at 7 sites, region-only equals both-cut at 13 sites", Page, StringComparison.Ordinal);
        Assert.Contains("<td>through question</td>", Page, StringComparison.Ordinal);
        Assert.Contains("<li>region-only: door ✗</li>", System.Net.WebUtility.HtmlDecode(Page), StringComparison.Ordinal);
    }

    private static string Write(ExperimentResults results) => Encoding.UTF8.GetString(HtmlPage.Write(ReportDocument.Of(results), new RenderedCharts(results)));

    [GeneratedRegex("(?:src|href|srcset)=\"([^\"]{0,20})")]
    private static partial Regex Source();

    [GeneratedRegex("<h[12]>(.*?)</h[12]>")]
    private static partial Regex Title();

    [GeneratedRegex("<img [^>]*>")]
    private static partial Regex Image();
}
