namespace ProbePipeline.Models.Checkpoints;

/// <summary>
/// Files of a checkpoint folder, by names that its index gives. A name must not leave the folder. Links may, but only inside the same model's
/// cache: Hugging Face's snapshots are folders of links to <c>../../blobs</c> under one <c>models--*</c> folder.
/// </summary>
internal static class CheckpointFolder
{
    /// <summary>The full path of a file in the folder.</summary>
    /// <exception cref="CheckpointException">The name leaves the folder, or there is no such file.</exception>
    public static string File(string folder, string name, string namedBy)
    {
        if (name.Length == 0 || Path.IsPathRooted(name) || name.Split('/', '\\').Contains("..") || name.Contains('\0', StringComparison.Ordinal))
        {
            throw new CheckpointException($"{namedBy} names the file '{name}', which leaves the folder; files of a checkpoint lie inside its folder");
        }

        var path = Path.Combine(folder, name);
        if (!System.IO.File.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            throw new CheckpointException($"{path} is missing, though {namedBy} names it; download the checkpoint again");
        }

        try
        {
            var real = Real(path);
            return IsInside(real, Home(folder)) ? path : throw new CheckpointException($"{path} is a link to {real}, which leaves the checkpoint's folder");
        }
        catch (IOException error)
        {
            throw new CheckpointException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>What links may point into: the folder, or the model's cache that it is a snapshot of. Links on the way to it are the user's own.</summary>
    private static string Home(string folder)
    {
        var real = new DirectoryInfo(Real(folder));
        return real.Parent is { Name: "snapshots", Parent: { } model } && model.Name.StartsWith("models--", StringComparison.Ordinal) ? model.FullName : real.FullName;
    }

    /// <summary>The path with every link on it followed.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var real = root;
        foreach (var part in full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            FileSystemInfo entry = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
            real = entry.LinkTarget is null ? real : Real(entry.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        }

        return real;
    }

    private static bool IsInside(string path, string folder) => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
