namespace ProbePipeline.Reports.Storage;

/// <summary>A file that is never seen half-written.</summary>
internal static class FinishedFile
{
    /// <summary>Writes under a temporary name in the same folder, flushes to the disk, and renames.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="content">All of it.</param>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var whole = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        var unfinished = $"{whole}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, whole, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
