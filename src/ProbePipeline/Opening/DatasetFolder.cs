using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Hub;

namespace ProbePipeline.Opening;

/// <summary>Where the tables lie that an experiment names: a file, a folder, or a dataset of the Hugging Face hub's cache.</summary>
internal static class DatasetFolder
{
    /// <summary>The file or folder. What is there comes before a dataset of that name.</summary>
    /// <param name="path">A file, a folder, or org/name, or org/name@revision.</param>
    /// <exception cref="DatasetException">It is a name, and the cache does not have it.</exception>
    public static string Of(string path)
    {
        if (Path.Exists(path) || Path.HasExtension(path) || HubId.Parse(path) is not { } id)
        {
            return path;
        }

        try
        {
            return CachedDataset.Find(HubSettings.FromEnvironment(), id);
        }
        catch (CheckpointException error)
        {
            throw new DatasetException($"{path} is no file or folder (looked for {Path.GetFullPath(path)}), and {error.Message}", error);
        }
    }
}
