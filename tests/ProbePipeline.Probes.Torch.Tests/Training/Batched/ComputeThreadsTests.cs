using System.Collections.Concurrent;
using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Probes.Torch.Tests.Training.Batched;

public sealed class ComputeThreadsTests
{
    [Fact]
    public async Task Run_OnASchedulerOfOneThread_BringsNoOther()
    {
        var threads = new ConcurrentDictionary<int, int>();
        var done = 0;

        await Task.Factory.StartNew(
            () =>
            {
                using var compute = new ComputeThreads(4);
                compute.Run(64, _ =>
                {
                    threads.AddOrUpdate(Environment.CurrentManagedThreadId, 1, (_, count) => count + 1);
                    // So that others would be seen if they came.
                    Thread.Sleep(1);
                    Interlocked.Increment(ref done);
                });
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.None,
            new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ConcurrentScheduler);

        Assert.Equal(64, done);
        Assert.Single(threads);
    }
}
