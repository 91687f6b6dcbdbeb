using ProbePipeline.Features;
using ProbePipeline.Reports;
using ProbePipeline.Saving;

namespace ProbePipeline;

/// <summary>Results that an earlier run has written.</summary>
public static class StoredResults
{
    /// <summary>Writes the report again.</summary>
    /// <param name="folder">The folder that holds results.json.</param>
    /// <param name="output">Where to write.</param>
    /// <returns>The report's page.</returns>
    /// <exception cref="ResultsException">There are no results, or they cannot be read.</exception>
    /// <exception cref="FeatureStoreException">The report cannot be written.</exception>
    /// <exception cref="ExperimentException">A run is writing to the folder.</exception>
    public static string WriteReport(string folder, string output)
    {
        var path = Path.Combine(folder, ResultsFile.Name);
        var results = ResultsFile.Read(path);
        using var alone = OutputLock.Take(output);
        ReportWriter.WriteStored(results, path, output);
        return Path.Combine(output, "report.html");
    }
}
