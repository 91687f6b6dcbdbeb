using System.Text;
using System.Text.RegularExpressions;
using ProbePipeline.Reports.Documents;
using ProbePipeline.Reports.Markdown;

namespace ProbePipeline.Reports.Tests.Markdown;

public sealed partial class MarkdownPageTests
{
    private static readonly string Page = Encoding.UTF8.GetString(MarkdownPage.Write(ReportDocument.Of(ReferenceStudy.Results)));

    [Fact]
    public void Write_Page_StartsWithTheChartBesideIt()
    {
        Assert.StartsWith("# partscenes\n\n![Line chart of the probes' test accuracy at 13 sites under 5 conditions;", Page, StringComparison.Ordinal);
        Assert.Equal(
            ["chart.png", "lens.png", "differences.png", "windows.png", "transfer.png", "transfer-matrix.png", "heatmap.png", "confusion.png", "samples/1.png", "samples/2.png", "samples/3.png", "samples/4.png"],
            Picture().Matches(Page).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Write_Tables_HaveAsManyCellsInEveryRow()
    {
        var rows = Page.Split('\n').Where(line => line.StartsWith("| intact |", StringComparison.Ordinal)).ToArray();

        Assert.Equal("| intact | 0.982 | 0.972 to 0.992 | 0.969 to 0.989 | 0.975 | language.resid\\_post.3 | 0.957 | 0.968 | 0.955 to 0.981 | – | 0.173 | +0.795 |", rows[0]);
        Assert.Contains("| condition | answers, test rows |", Page, StringComparison.Ordinal);
        Assert.Contains("| --- | ---: | ---: | ---: | ---: | --- |", Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("<script>", "\\<script\\>")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("vision.resid_post.3 * `x` &amp; [y](z)", "vision.resid\\_post.3 \\* \\`x\\` \\&amp; \\[y\\](z)")]
    public void Escape_SignsWithAMeaning_LoseIt(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));

    [Fact]
    public void Fenced_TextWithAFence_GetsALongerOne() => Assert.Equal("````\na\n```\nb\n````", MarkdownText.Fenced("a\n```\nb"));

    [GeneratedRegex(@"!\[(?:[^\]\\]|\\.)*\]\(([^)]*)\)")]
    private static partial Regex Picture();
}
