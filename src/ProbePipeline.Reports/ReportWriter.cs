using ProbePipeline.Features;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Documents;
using ProbePipeline.Reports.Html;
using ProbePipeline.Reports.Markdown;
using ProbePipeline.Reports.Storage;
using ProbePipeline.Reports.Tables;

namespace ProbePipeline.Reports;

/// <summary>Writes what an experiment found for people and programs to read. The same results give the same bytes.</summary>
public static class ReportWriter
{
    /// <summary>Writes <c>results.json</c>, <c>report.html</c>, <c>report.md</c>, the charts as PNG and SVG, every number as CSV and Parquet, and their hashes as <c>SHA256SUMS</c>.</summary>
    /// <param name="results">What was found.</param>
    /// <param name="folder">
    /// Where to; it is made where it is missing. Files of an earlier report are replaced; its charts and sample pictures that this one lacks are removed.
    /// </param>
    /// <exception cref="ResultsException">A file of an earlier report cannot be removed.</exception>
    /// <exception cref="FeatureStoreException">A file cannot be written.</exception>
    public static void Write(ExperimentResults results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        // While files change nothing says that they belong together.
        if (Directory.Exists(folder))
        {
            EarlierReport.Remove(folder);
        }

        var files = new ReportFiles(folder);
        files.Write(ResultsFile.Name, ResultsFile.ToBytes(results));
        foreach (var table in ResultTables.Of(results))
        {
            files.Write($"tables/{table.Name}.csv", CsvTable.Write(table));
            files.Write($"tables/{table.Name}.parquet", ParquetTable.Write(table));
        }

        var charts = new RenderedCharts(results);
        foreach (var (name, chart) in charts.All)
        {
            files.Write($"{name}.png", chart.Png);
            files.Write($"{name}.svg", chart.Svg);
        }

        foreach (var picture in SampleSection.Pictures(results))
        {
            files.Write(picture.File, picture.Png.AsMemory());
        }

        // The pages last: what they point to is there.
        var document = ReportDocument.Of(results);
        files.Write("report.md", MarkdownPage.Write(document));
        files.Write("report.html", HtmlPage.Write(document, charts));
        foreach (var beside in results.Directions.Select(direction => direction.File).Append(results.SavedProbes?.File).OfType<string>())
        {
            files.Record(beside);
        }

        files.Finish();
    }

    /// <summary>As <see cref="Write"/>, of results that were read from a file, whose parts may contradict each other.</summary>
    /// <param name="results">What was read.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="ResultsException">They do, or a file of an earlier report cannot be removed.</exception>
    /// <exception cref="FeatureStoreException">A file cannot be written.</exception>
    public static void WriteStored(ExperimentResults results, string path, string folder) => StoredForm.Guard(path, () => Write(results, folder));
}
