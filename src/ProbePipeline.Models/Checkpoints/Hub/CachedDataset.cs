namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>Datasets that another tool has put into the hub's cache. They are found there, never downloaded: they may be larger than anybody expects.</summary>
public static class CachedDataset
{
    /// <summary>The folder of a dataset's snapshot.</summary>
    /// <param name="settings">Where the cache is.</param>
    /// <param name="id">The dataset.</param>
    /// <exception cref="CheckpointException">The cache does not have it.</exception>
    public static string Find(HubSettings settings, HubId id) => new HubCache(Path.Combine(settings.Cache, id.FolderOf("datasets"))).Find(id.Revision)
        ?? throw new CheckpointException($"the dataset {id} is not in the Hugging Face cache, {settings.Cache}; download it there (hf download --repo-type dataset {id.Repository}), set HF_HUB_CACHE to the cache that has it, or name a folder or file");
}
