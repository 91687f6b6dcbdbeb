namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>A dataset's folder in the Hugging Face cache: <c>datasets--org--name</c> with <c>refs/main</c> and <c>snapshots/COMMIT</c> (huggingface_hub 1.0, "Understand caching").</summary>
internal static class HubSnapshot
{
    /// <summary>The snapshot that <c>main</c> names, or the only one; any other folder is itself.</summary>
    /// <exception cref="DatasetException">The folder is such a cache, but its snapshot is not there.</exception>
    public static string Of(string folder)
    {
        var snapshots = Path.Combine(folder, "snapshots");
        if (!Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)).StartsWith("datasets--", StringComparison.Ordinal) || !Directory.Exists(snapshots))
        {
            return folder;
        }

        var main = Path.Combine(folder, "refs", "main");
        // What the file says is no path: it names a folder beside the others.
        var named = File.Exists(main) && File.ReadAllText(main).Trim() is var commit && commit is not ("" or "." or "..") && commit.AsSpan().IndexOfAny('/', '\\', '\0') < 0
            ? Path.Combine(snapshots, commit)
            : null;
        return named is not null && Directory.Exists(named) ? named
            : Directory.GetDirectories(snapshots) is [var only] ? only
            : throw new DatasetException($"{folder}: expected the snapshot that refs/main names, or a single one; found {string.Join(", ", Directory.GetDirectories(snapshots).Select(Path.GetFileName).DefaultIfEmpty("none"))}; download the dataset again, or name the snapshot's folder");
    }
}
