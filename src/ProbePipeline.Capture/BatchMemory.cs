using TorchSharp;

namespace ProbePipeline.Capture;

/// <summary>How many rows of a batch go through a network at a time. When memory runs out they are halved, for the batch in hand and all that follow.</summary>
public sealed class BatchMemory
{
    private readonly string _device;

    // Where the input of one cursor is what another one's network wrote, both threads come here; the network runs one forward at a time.
    private readonly Lock _forwards = new();

    internal BatchMemory(torch.Device device) => _device = $"{device}";

    /// <summary>Rows that fit since memory ran out; null: it has not.</summary>
    public int? MaximumRows { get; set; }

    /// <summary>Is told when memory has run out, before smaller batches go on; null: nobody.</summary>
    public Action<BatchHalving>? OnHalved { get; set; }

    /// <summary>Sees how many rows go on; tests fail here as an allocator does.</summary>
    internal Action<int>? BeforeForward { get; set; }

    /// <summary>Runs rows, as many at a time as fit.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="forward">Runs some: the first of them and how many. It keeps nothing of what it has not finished.</param>
    /// <exception cref="CaptureException">Not even one row fits.</exception>
    internal void Run(int first, int count, Action<int, int> forward)
    {
        for (var done = 0; done < count;)
        {
            var rows = Math.Min(count - done, MaximumRows ?? count);
            if (Fits(first + done, rows, forward))
            {
                done += rows;
                continue;
            }

            // What the failed forward made is freed by its scopes, what they missed by its finalizers.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            MaximumRows = rows / 2;
            OnHalved?.Invoke(new BatchHalving(rows, rows / 2, _device));
        }
    }

    private bool Fits(int first, int rows, Action<int, int> forward)
    {
        try
        {
            lock (_forwards)
            {
                BeforeForward?.Invoke(rows);
                forward(first, rows);
            }

            return true;
        }
        catch (Exception error) when (OutOfMemory.Is(error))
        {
            return rows > 1 ? false : throw new CaptureException(
                $"out of memory on {_device}: expected room for a forward of at least one row; found none ({OutOfMemory.Shown(error)}); "
                + "compute in a smaller type (capture.type: bfloat16), run fewer conditions at once, or take a device with more memory", error);
        }
    }
}
