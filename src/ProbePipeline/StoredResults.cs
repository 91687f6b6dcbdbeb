using ProbePipeline.Reports;

namespace ProbePipeline;

/// <summary>Results that an earlier run has written.</summary>
public static class StoredResults
{
    /// <summary>Writes the report again.</summary>
    /// <param name="folder">The folder that holds results.json.</param>
    /// <param name="output">Where to write.</param>
    /// <returns>The report's page.</returns>
    /// <exception cref="ResultsException">There are no results, or they cannot be read.</exception>
    public static string WriteReport(string folder, string output)
    {
        ReportWriter.Write(ResultsFile.Read(Path.Combine(folder, ResultsFile.Name)), output);
        return Path.Combine(output, "report.html");
    }
}
