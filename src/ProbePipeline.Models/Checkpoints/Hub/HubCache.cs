using System.Security.Cryptography;
using System.Text;

namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>A repository in the cache that Hugging Face's tools share: <c>refs/REVISION</c>, <c>blobs/HASH</c>, <c>snapshots/COMMIT/...</c> (huggingface_hub 1.0, "Understand caching").</summary>
/// <param name="Folder">The repository's folder.</param>
internal sealed record HubCache(string Folder)
{
    /// <summary>The snapshot of a revision; null where there is none.</summary>
    public string? Find(string revision)
    {
        var named = Path.Combine([Folder, "refs", .. revision.Split('/')]);
        var commit = File.Exists(named) ? File.ReadAllText(named).Trim() : revision;
        // What a file says is no path: it names a folder beside the others.
        return commit is not ("" or "." or "..") && commit.AsSpan().IndexOfAny('/', '\\', '\0') < 0 && Snapshot(commit) is var snapshot && Directory.Exists(snapshot) ? snapshot : null;
    }

    public string Snapshot(string commit) => Path.Combine(Folder, "snapshots", commit);

    public string Blob(HubFile file) => Path.Combine(Folder, "blobs", file.Hash);

    /// <summary>Whether a file is there, whole.</summary>
    public bool Has(HubFile file) => new FileInfo(Blob(file)) is { Exists: true } blob && blob.Length == file.Size;

    /// <summary>Where a file grows until it is whole.</summary>
    public string Unfinished(HubFile file) => $"{Blob(file)}.incomplete";

    /// <summary>The bytes that are still to come of a file that is not there; what is longer than the file is no beginning of it.</summary>
    public long Lacking(HubFile file) => file.Size - (new FileInfo(Unfinished(file)) is { Exists: true, Length: var begun } && begun <= file.Size ? begun : 0);

    /// <summary>Puts a file that is there into a snapshot: a link, or where the system has none, a copy.</summary>
    public void Link(string commit, HubFile file)
    {
        var path = Path.Combine([Snapshot(commit), .. file.Path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
        {
            return;
        }

        // A link that points nowhere is none yet.
        File.Delete(path);
        try
        {
            File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Blob(file)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            File.Copy(Blob(file), path, overwrite: true);
        }
    }

    /// <summary>Notes which commit a revision is.</summary>
    public void Name(string revision, string commit)
    {
        var path = Path.Combine([Folder, "refs", .. revision.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(unfinished, commit);
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Whether a downloaded file is the one that the hub states.</summary>
    public static bool IsWhole(string path, HubFile file, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length != file.Size)
        {
            return false;
        }

        // Git hashes a header with the content.
        using var hash = IncrementalHash.CreateHash(file.IsLarge ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        if (!file.IsLarge)
        {
            hash.AppendData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"blob {file.Size}\0")));
        }

        var buffer = new byte[1 << 20];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == file.Hash;
    }
}
