namespace ProbePipeline.Benchmarks;

/// <summary>A folder that is gone when its user is done, whatever happened.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(long neededBytes)
    {
        var disk = System.IO.Path.GetTempPath();
        var free = new DriveInfo(disk).AvailableFreeSpace;
        if (free < neededBytes + (neededBytes / 10))
        {
            throw new IOException($"{disk} has {free / 1e9:f1} GB free, {neededBytes * 1.1 / 1e9:f1} GB are needed. Let TMPDIR name a larger disk.");
        }
        Path = Directory.CreateTempSubdirectory("probe-benchmark-").FullName;
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
