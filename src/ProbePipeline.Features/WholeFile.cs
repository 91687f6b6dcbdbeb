namespace ProbePipeline.Features;

/// <summary>Files that are there wholly or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes under a temporary name, flushes to the disk, and only then gives the file its name.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
