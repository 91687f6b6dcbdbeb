using System.Security.Cryptography;
using System.Text;
using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Documents;
using static ProbePipeline.Reports.Html.Markup;

namespace ProbePipeline.Reports.Html;

/// <summary>The report as one HTML file that needs nothing else: styles and pictures stand in it, and its policy forbids to load anything.</summary>
internal static class HtmlPage
{
    // The sheet by its hash: a style that gets onto the page in any other way has no effect, and there is no script at all.
    private static readonly string Policy = $"default-src 'none'; img-src data:; style-src '{Hash(Markup.StyleContent(PageStyle.Sheet))}'; base-uri 'none'; form-action 'none'";

    public static byte[] Write(ReportDocument document, RenderedCharts charts)
    {
        var blocks = new HtmlBlocks(charts);
        var page = Lines(
        [
            Element(
                "head",
                Lines(
                [
                    Void("meta", ("charset", "utf-8")),
                    Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy)),
                    Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                    Void("meta", ("name", "color-scheme"), ("content", "light dark")),
                    Element("title", document.Title),
                    Style(PageStyle.Sheet),
                ])),
            Element("body", Element("main", Lines(document.Blocks.Select(blocks.Render)))),
        ]);
        return Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n{Element("html", [("lang", "en")], page)}\n");
    }

    /// <summary>As a policy names content (Content Security Policy Level 3, 2.3.1, hash-source).</summary>
    private static string Hash(string content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";
}
