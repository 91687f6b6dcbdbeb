using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Storage;

/// <summary>Charts, sample pictures and hashes that a report wrote into a folder before: left there, they would seem to belong to the next one.</summary>
internal static class EarlierReport
{
    /// <summary>Removes them; nothing else in the folder is touched.</summary>
    /// <exception cref="ResultsException">One cannot be removed.</exception>
    public static void Remove(string folder)
    {
        try
        {
            RemoveFiles(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException(folder, null, $"files of an earlier report cannot be removed ({error.Message}); change permissions, or choose another folder", error);
        }
    }

    private static void RemoveFiles(string folder)
    {
        File.Delete(Path.Combine(folder, ReportChecksums.Name));
        foreach (var name in ReportChart.All.Select(chart => chart.Name))
        {
            File.Delete(Path.Combine(folder, $"{name}.png"));
            File.Delete(Path.Combine(folder, $"{name}.svg"));
        }

        for (var place = 0; File.Exists(Path.Combine(folder, SampleSection.FileOf(place))); place++)
        {
            File.Delete(Path.Combine(folder, SampleSection.FileOf(place)));
            File.Delete(Path.Combine(folder, SampleSection.MapFileOf(place)));
        }
    }
}
