using System.Text;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Markdown;

/// <summary>The report as Markdown (GitHub's, for its tables); pictures lie beside it.</summary>
internal static class MarkdownPage
{
    public static byte[] Write(ReportDocument document) => Encoding.UTF8.GetBytes($"{string.Join("\n\n", document.Blocks.Select(Render))}\n");

    private static string Render(Block block) => block switch
    {
        Heading heading => $"{new string('#', heading.Level)} {MarkdownText.Escape(heading.Text)}",
        Lead lead => $"> {MarkdownText.Escape(lead.Text)}",
        Paragraph paragraph => MarkdownText.Escape(paragraph.Text),
        Verbatim verbatim => MarkdownText.Fenced(verbatim.Text),
        ChartBlock chart => $"![{MarkdownText.Escape(chart.Alternative)}]({chart.Chart.Name}.png)\n\n{MarkdownText.Escape(chart.Caption)}",
        TableBlock table => Table(table),
        Folded folded => Table(folded.Table),
        Gallery gallery => string.Join("\n\n", gallery.Pictures.Select(Sample)),
        _ => throw new ArgumentException($"A block of type {block.GetType().Name} has no form in Markdown yet; give it one.", nameof(block)),
    };

    private static string Table(TableBlock table)
    {
        string[] lines =
        [
            Row(table.Columns.Select(column => MarkdownText.Escape(column.Name))),
            Row(table.Columns.Select(column => column.IsNumber ? "---:" : "---")),
            .. table.Rows.Select(row => Row(row.Select(MarkdownText.Escape))),
        ];
        return $"{MarkdownText.Escape(table.Caption)}:\n\n{string.Join('\n', lines)}";
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Sample(SamplePicture picture) =>
        $"![{MarkdownText.Escape(picture.Alternative)}]({picture.File})\n\n**{MarkdownText.Escape(picture.Title)}**\n\n"
        + string.Join('\n', picture.Lines.Select(line => $"- {MarkdownText.Escape(line)}"));
}
