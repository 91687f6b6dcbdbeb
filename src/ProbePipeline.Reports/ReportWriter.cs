using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Documents;
using ProbePipeline.Reports.Html;
using ProbePipeline.Reports.Markdown;
using ProbePipeline.Reports.Storage;
using ProbePipeline.Reports.Tables;

namespace ProbePipeline.Reports;

/// <summary>Writes what an experiment found for people and programs to read. The same results give the same bytes.</summary>
public static class ReportWriter
{
    /// <summary>Writes <c>results.json</c>, <c>report.html</c>, <c>report.md</c>, the charts as PNG and SVG, and every number as CSV and Parquet.</summary>
    /// <param name="results">What was found.</param>
    /// <param name="folder">
    /// Where to; it is made where it is missing. Files of an earlier report are replaced; its charts and sample pictures that this one lacks are removed.
    /// </param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(ExperimentResults results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        ResultsFile.Write(Path.Combine(folder, ResultsFile.Name), results);
        foreach (var table in ResultTables.Of(results))
        {
            FinishedFile.Write(Path.Combine(folder, "tables", $"{table.Name}.csv"), CsvTable.Write(table));
            FinishedFile.Write(Path.Combine(folder, "tables", $"{table.Name}.parquet"), ParquetTable.Write(table));
        }

        EarlierReport.Remove(folder);
        var charts = new RenderedCharts(results);
        foreach (var (name, chart) in charts.All)
        {
            FinishedFile.Write(Path.Combine(folder, $"{name}.png"), chart.Png);
            FinishedFile.Write(Path.Combine(folder, $"{name}.svg"), chart.Svg);
        }

        foreach (var picture in SampleSection.Pictures(results))
        {
            FinishedFile.Write(Path.Combine(folder, picture.File), picture.Png.AsSpan());
        }

        // The pages last: what they point to is there.
        var document = ReportDocument.Of(results);
        FinishedFile.Write(Path.Combine(folder, "report.md"), MarkdownPage.Write(document));
        FinishedFile.Write(Path.Combine(folder, "report.html"), HtmlPage.Write(document, charts));
    }
}
