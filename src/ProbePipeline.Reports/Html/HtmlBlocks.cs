using System.Collections.Immutable;
using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Documents;
using static ProbePipeline.Reports.Html.Markup;

namespace ProbePipeline.Reports.Html;

/// <summary>The pieces of a report as HTML.</summary>
/// <param name="charts">The charts that were drawn.</param>
internal sealed class HtmlBlocks(RenderedCharts charts)
{
    public Markup Render(Block block) => block switch
    {
        Heading heading => Element($"h{Shown.Count(heading.Level)}", heading.Text),
        Lead lead => Element("p", [("class", "lead")], lead.Text),
        Paragraph paragraph => Element("p", paragraph.Text),
        Verbatim verbatim => Element("pre", [("tabindex", "0")], Element("code", verbatim.Text)),
        ChartBlock chart => Chart(chart),
        TableBlock table => Table(table),
        Folded folded => Element("details", Element("summary", folded.Title), Table(folded.Table)),
        Gallery gallery => Element("div", [("class", gallery.IsWide ? "gallery wide" : "gallery")], Lines(gallery.Pictures.Select(Sample))),
        _ => throw new ArgumentException($"A block of type {block.GetType().Name} has no form in HTML yet; give it one.", nameof(block)),
    };

    private Markup Chart(ChartBlock block)
    {
        var chart = charts[block.Chart];
        (string, string)[] size = [("width", Shown.Count(chart.Width)), ("height", Shown.Count(chart.Height))];
        return Element(
            "figure",
            Element(
                "div",
                [("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Chart; it scrolls sideways where it is wider than the page")],
                Element(
                    "picture",
                    Void("source", ("media", "(prefers-color-scheme: dark)"), ("srcset", Data("image/svg+xml", chart.DarkSvg))),
                    Void("img", [("src", Data("image/svg+xml", chart.Svg)), ("alt", block.Alternative), .. size]))),
            Element("figcaption", block.Caption));
    }

    private static Markup Table(TableBlock table) => Element(
        "div",
        [("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", table.Caption)],
        Element(
            "table",
            Element("caption", table.Caption),
            Element("thead", Element("tr", [.. table.Columns.Select(column => Element("th", [("scope", "col"), .. Number(column)], column.Name))])),
            Element("tbody", Lines(table.Rows.Select(row => Row(table.Columns, row))))));

    private static Markup Row(ImmutableArray<TableColumn> columns, ImmutableArray<string> cells) => Element(
        "tr",
        [.. cells.Select((cell, index) => index == 0 ? Element("th", [("scope", "row")], cell) : Element("td", Number(columns[index]), cell))]);

    private static (string, string)[] Number(TableColumn column) => column.IsNumber ? [("class", "number")] : [];

    private static Markup Sample(SamplePicture picture) => Element(
        "figure",
        Void("img", ("src", Data("image/png", picture.Png.AsSpan())), ("alt", picture.Alternative)),
        Element("figcaption", Element("strong", picture.Title), Element("ul", [.. picture.Lines.Select(line => Element("li", line))])));

    private static string Data(string type, ReadOnlySpan<byte> content) => $"data:{type};base64,{Convert.ToBase64String(content)}";
}
