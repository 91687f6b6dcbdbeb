using System.Collections.Concurrent;

namespace ProbePipeline.Models.Tests.Checkpoints.Hub;

/// <summary>Time in which every wait is over at once; it keeps how long was asked for.</summary>
internal sealed class QuickTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            Waits.Enqueue(dueTime);
        }

        return base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
