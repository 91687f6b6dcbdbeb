using ProbePipeline.Features;

namespace ProbePipeline.Extraction;

/// <summary>Writes chunks while the network goes on. At most one is on its way: whoever brings another waits for it, so the network never runs far ahead of the disk.</summary>
/// <param name="write">Writes a chunk under a condition.</param>
internal sealed class ChunkWriter(Action<int, string, FeatureValues> write) : IDisposable
{
    private Task _writing = Task.CompletedTask;

    /// <summary>Waits for the chunk before, then begins to write this one.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="conditions">What it holds.</param>
    /// <param name="between">Is told that the chunk before is written; where that stops the run, this one is dropped.</param>
    /// <exception cref="Exception">The chunk before could not be written; this one is written nevertheless if it can be, since it is finished.</exception>
    public void Add(int chunk, IReadOnlyDictionary<string, FeatureValues> conditions, Action between)
    {
        try
        {
            Finish();
        }
        catch
        {
            Begin();
            throw;
        }

        between();
        Begin();

        void Begin() => _writing = Task.Run(() =>
        {
            foreach (var (condition, values) in conditions)
            {
                write(chunk, condition, values);
            }
        });
    }

    /// <summary>Whether everything is written by now; waits for nothing.</summary>
    /// <exception cref="Exception">A write has failed.</exception>
    public bool HasWritten()
    {
        if (_writing.IsFaulted)
        {
            Finish();
        }

        return _writing.IsCompleted;
    }

    /// <summary>Waits until everything is written.</summary>
    /// <exception cref="Exception">A write has failed.</exception>
    public void Finish() => _writing.GetAwaiter().GetResult();

    /// <summary>Waits for the chunk that is being written, so that what is finished is kept. Another error is on its way here, or there is none to tell.</summary>
    public void Dispose()
    {
        try
        {
            _writing.Wait();
        }
        catch (AggregateException)
        {
        }
    }
}
