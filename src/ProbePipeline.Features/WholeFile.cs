namespace ProbePipeline.Features;

/// <summary>Files that are there wholly or not at all.</summary>
public static class WholeFile
{
    private const string Unfinished = ".tmp";

    /// <summary>Writes under a temporary name in the same folder, flushes to the disk, and only then gives the file its name.</summary>
    /// <param name="path">The file; one of that name is replaced.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="FeatureStoreException">The disk is full, the folder may not be written to, or the like; a file of that name is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = $"{path}.{Environment.ProcessId}{Unfinished}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error)
        {
            Remove(temporary);
            if (error is IOException or UnauthorizedAccessException)
            {
                throw Unwritable(path, error);
            }

            throw;
        }
    }

    /// <summary>Likewise, of what is in memory.</summary>
    /// <param name="path">The file; its folder is made where it is missing, one of that name is replaced.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="FeatureStoreException">The disk is full, the folder may not be written to, or the like; a file of that name is as it was.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content)
    {
        CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Write(path, stream => stream.Write(content.Span));
    }

    /// <summary>Gives a file another name, under which it is whole at every moment.</summary>
    /// <param name="from">The file.</param>
    /// <param name="path">Its new name, which no file has.</param>
    /// <exception cref="FeatureStoreException">It cannot be moved.</exception>
    internal static void Move(string from, string path)
    {
        try
        {
            // It moves files too. File.Move would copy to the final name where these are two file systems; this one fails.
            Directory.Move(from, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Copy(from, path);
            Remove(from);
        }
    }

    /// <summary>Writes what another file holds.</summary>
    /// <param name="from">The file.</param>
    /// <param name="path">The new one; one of that name is replaced.</param>
    /// <exception cref="FeatureStoreException">It cannot be written.</exception>
    internal static void Copy(string from, string path) => Write(path, stream =>
    {
        using var source = File.OpenRead(from);
        source.CopyTo(stream);
    });

    /// <summary>Makes a folder where it is missing.</summary>
    /// <exception cref="FeatureStoreException">It cannot be made.</exception>
    public static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeatureStoreException($"{folder}: this folder cannot be made ({error.Message}); make room or change permissions, or name another", error);
        }
    }

    /// <summary>Removes what processes that were killed have left unfinished in a folder, if there is one, as far as it can. Nobody may be writing there.</summary>
    /// <param name="folder">The folder; folders in it are left alone.</param>
    public static void RemoveUnfinished(string folder)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"*{Unfinished}") : [])
        {
            // Nothing but what is named as above.
            if (Path.GetExtension(Path.GetFileNameWithoutExtension(path)) is ['.', .. { Length: > 0 } process] && process.All(char.IsAsciiDigit))
            {
                Remove(path);
            }
        }
    }

    private static FeatureStoreException Unwritable(string path, Exception error) => new(
        $"{path}: this file cannot be written ({error.Message}); what is finished is kept: make room or change permissions, and run the same command again", error);

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Where a file could not be written, why is on its way; the next run removes what is left.
        }
    }
}
