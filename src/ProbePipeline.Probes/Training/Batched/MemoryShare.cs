namespace ProbePipeline.Probes.Training.Batched;

/// <summary>What a fit takes of the memory that all fits of the process may use together; it waits until there is room, or until it is alone.</summary>
internal sealed class MemoryShare : IDisposable
{
    private static readonly object Room = new();
    private static long _used;

    private readonly long _bytes;

    private MemoryShare(long bytes) => _bytes = bytes;

    /// <param name="bytes">What the fit needs.</param>
    /// <param name="budget">What all together may use.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static MemoryShare Take(long bytes, long budget, CancellationToken cancellation)
    {
        using var wake = cancellation.Register(() =>
        {
            lock (Room)
            {
                Monitor.PulseAll(Room);
            }
        });
        lock (Room)
        {
            while (_used > 0 && _used + bytes > budget)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(Room);
            }

            _used += bytes;
        }

        return new MemoryShare(bytes);
    }

    public void Dispose()
    {
        lock (Room)
        {
            _used -= _bytes;
            Monitor.PulseAll(Room);
        }
    }
}
