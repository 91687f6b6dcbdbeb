namespace ProbePipeline.Tests;

public sealed class SideBySideTests
{
    private int _working;
    private int _most;

    [Fact]
    public async Task Run_BesideOtherWorkWithLoopsOfItsOwn_NeverHasMoreWorkersThanCores()
    {
        var token = TestContext.Current.CancellationToken;
        var other = SideBySide.Begin(() => SideBySide.Run(Places, Work, (_, _) => { }, token), token);

        var results = SideBySide.Run(Places, Work, (_, _) => { }, token);

        Assert.Equal(Places.Select(place => 10 * place), results);
        Assert.Equal(results, await other);
        Assert.InRange(_most, 1, Environment.ProcessorCount);
    }

    [Fact]
    public async Task Begin_WorkThatFails_ThrowsWhatItThrew()
    {
        var work = SideBySide.Begin(
            () => SideBySide.Run<int, int>(Places, place => throw new InvalidOperationException($"{place}"), (_, _) => { }, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => work);
    }

    private static int[] Places => [.. Enumerable.Range(0, 24)];

    private int Work(int place)
    {
        var sum = 0;
        Parallel.For(0, 4, new ParallelOptions { TaskScheduler = TaskScheduler.Current }, index =>
        {
            InterlockedMax(ref _most, Interlocked.Increment(ref _working));
            // So that others would be seen if they came.
            Thread.Sleep(1);
            Interlocked.Decrement(ref _working);
            Interlocked.Add(ref sum, (index + 1) * place);
        });
        return sum;
    }

    private static void InterlockedMax(ref int place, int value)
    {
        for (var before = Volatile.Read(ref place); before < value; before = Volatile.Read(ref place))
        {
            Interlocked.CompareExchange(ref place, value, before);
        }
    }
}
