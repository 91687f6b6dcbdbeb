namespace ProbePipeline.Reports.Storage;

/// <summary>A file that is never seen half-written.</summary>
internal static class FinishedFile
{
    /// <summary>Writes under a temporary name in the same folder, flushes to the disk, and renames.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="ResultsException">It cannot be written; a file of that name is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var whole = Path.GetFullPath(path);
        var unfinished = $"{whole}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
            using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, whole, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Remove(unfinished);
            throw new ResultsException(path, null, $"it cannot be written ({error.Message}); make room or change permissions, and run the same command again", error);
        }
    }

    private static void Remove(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Why the file could not be written is on its way.
        }
    }
}
