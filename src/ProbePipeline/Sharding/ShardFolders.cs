using ProbePipeline.Features;

namespace ProbePipeline.Sharding;

/// <summary>
/// Where shards keep what they have made until it is joined: each in a folder of its own, so that none waits for a lock that another holds, or another machine.
/// </summary>
internal static class ShardFolders
{
    private const string Name = "shards";

    /// <summary>The folder of a shard in a run's output folder.</summary>
    public static string Of(string output, Shard shard) => Path.Combine(output, Name, shard.FolderName);

    /// <summary>All that are there, in the order of their names.</summary>
    public static string[] In(string output) =>
        Directory.Exists(Path.Combine(output, Name)) ? [.. Directory.EnumerateDirectories(Path.Combine(output, Name)).Order(StringComparer.Ordinal)] : [];

    /// <summary>The folder of fitted probes in a shard's folder.</summary>
    public static string FitsIn(string folder) => Path.Combine(folder, "fits");

    /// <summary>Moves the chunks that lie in shards' folders to a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folders">Folders of shards.</param>
    /// <param name="nameOf">The folder of features in one.</param>
    /// <param name="keep">Whether they keep their chunks.</param>
    /// <returns>How many chunks were taken over.</returns>
    public static int Join(FeatureStore store, IEnumerable<string> folders, Func<string, string> nameOf, bool keep) =>
        folders.Select(nameOf).Where(FeatureStore.Exists).Sum(folder => store.Join(FeatureStore.Open(folder), keep));

    /// <summary>Removes some, once what they held is elsewhere, and the folder around them where none is left.</summary>
    /// <returns>Why one cannot be removed; null: all are gone.</returns>
    public static string? Remove(string output, IEnumerable<string> folders)
    {
        try
        {
            foreach (var folder in folders)
            {
                Directory.Delete(folder, recursive: true);
            }

            if (In(output).Length == 0 && Directory.Exists(Path.Combine(output, Name)))
            {
                Directory.Delete(Path.Combine(output, Name), recursive: true);
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"the shards' folders cannot be removed ({error.Message}); nothing in them is needed any more: remove {Path.Combine(output, Name)} yourself";
        }
    }
}
