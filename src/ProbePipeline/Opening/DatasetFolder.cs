using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Hub;

namespace ProbePipeline.Opening;

/// <summary>Where the tables lie that an experiment names: a file, a folder, or a dataset of the Hugging Face hub's cache.</summary>
internal static class DatasetFolder
{
    // As whoever reads tables knows them.
    private static readonly string[] TableEndings = [".jsonl", ".ndjson", ".csv", ".parquet"];

    /// <summary>The file or folder. What is there comes before a dataset of that name.</summary>
    /// <param name="path">A file, a folder, or org/name, or org/name@revision.</param>
    /// <exception cref="DatasetException">It is a name, and the cache does not have it.</exception>
    public static string Of(string path)
    {
        if (Path.Exists(path) || HubId.Parse(path) is not { } id)
        {
            return path;
        }

        try
        {
            return CachedDataset.Find(HubSettings.FromEnvironment(), id);
        }
        catch (CheckpointException error)
        {
            // A dataset's name may have a dot too; what is called like a table is taken for a file that is missing, and whoever opens it says so.
            return TableEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
                ? path
                : throw new DatasetException($"{path} is no file or folder (looked for {Path.GetFullPath(path)}), and {error.Message}", error);
        }
    }
}
