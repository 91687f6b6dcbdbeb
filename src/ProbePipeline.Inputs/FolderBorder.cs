namespace ProbePipeline.Inputs;

/// <summary>
/// The border of a folder that may come from elsewhere: no file that something in it names lies outside, neither by its path nor behind links. Links may point into the same
/// repository's cache: Hugging Face's snapshots are folders of links to <c>../../blobs</c> under one <c>models--*</c> or <c>datasets--*</c> folder
/// (huggingface_hub 1.0, "Understand caching"). Links on the way to the folder itself are the user's own.
/// </summary>
public static class FolderBorder
{
    /// <summary>The full path of a name within a folder; null: the name leaves it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">A path relative to it, or one that begins with it.</param>
    internal static string? PathOf(string folder, string name)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return name.Length > 0 && !name.Contains('\0', StringComparison.Ordinal) && Path.GetFullPath(Path.Combine(root, name)) is var full && IsInside(full, root) ? full : null;
    }

    /// <summary>Where a path leads to once every link on it is followed, where that is outside; null: it stays inside.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">A path in it.</param>
    /// <exception cref="IOException">Links lead in a circle, or cannot be read.</exception>
    public static string? Outside(string folder, string path)
    {
        var real = Real(path);
        return IsInside(real, Home(folder)) ? null : real;
    }

    private static string Home(string folder)
    {
        var real = new DirectoryInfo(Real(folder));
        return real.Parent is { Name: "snapshots", Parent: { } repository }
            && (repository.Name.StartsWith("models--", StringComparison.Ordinal) || repository.Name.StartsWith("datasets--", StringComparison.Ordinal))
                ? repository.FullName
                : real.FullName;
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
