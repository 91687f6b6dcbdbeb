using ProbePipeline.Features;

namespace ProbePipeline.Saving;

/// <summary>
/// Holds a run's output folder against a second run. It is the lock of an open file (.NET's <see cref="FileShare.None"/>: <c>flock</c> on Linux and macOS, a share
/// mode on Windows), so the system frees it when the process ends, however it ends; the file itself stays and means nothing. Those who only read need no lock: what
/// they find is whole.
/// </summary>
internal sealed class OutputLock : IDisposable
{
    private const string Name = "run.lock";

    // What .NET reports where somebody else has the file: EWOULDBLOCK of Linux and of macOS, a sharing violation on Windows.
    private static readonly int[] IsTaken = [11, 35, unchecked((int)0x80070020)];

    // Where reports, probes, directions and fits lie; features look after themselves.
    private static readonly string[] Folders = ["", "tables", "samples", "probes", "directions", "fits"];

    private readonly FileStream _file;

    private OutputLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, which is made where it is missing, and removes what a killed run left unfinished there.</summary>
    /// <exception cref="ExperimentException">Another run has it, or it may not be written to.</exception>
    public static OutputLock Take(string output)
    {
        var path = Path.Combine(output, Name);
        try
        {
            Directory.CreateDirectory(output);
            var alone = new OutputLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            try
            {
                foreach (var folder in Folders)
                {
                    WholeFile.RemoveUnfinished(Path.Combine(output, folder));
                }

                return alone;
            }
            catch
            {
                alone.Dispose();
                throw;
            }
        }
        catch (IOException error) when (IsTaken.Contains(error.HResult))
        {
            throw new ExperimentException($"{output}: another run is writing to this folder (it holds {path}); wait until it has ended, or choose another output", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException($"{output}: expected a folder that can be written to ({error.Message}); make room or change permissions, or choose another output", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
