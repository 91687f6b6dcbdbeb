namespace ProbePipeline.Tests;

public sealed class SideBySideTests
{
    private int _working;
    private int _most;

    [Fact]
    public void Run_BesideOtherWorkWithLoopsOfItsOwn_NeverHasMoreWorkersThanCores()
    {
        var token = TestContext.Current.CancellationToken;

        var (other, results) = SideBySide.Both(stop => SideBySide.Run(Places, Work, (_, _) => { }, stop), () => SideBySide.Run(Places, Work, (_, _) => { }, token), token);

        Assert.Equal(Places.Select(place => 10 * place), results);
        Assert.Equal(results, other);
        Assert.InRange(_most, 1, Environment.ProcessorCount);
    }

    [Fact]
    public void Both_WorkBesideThatFails_ThrowsWhatItThrew() => Assert.Throws<InvalidOperationException>(() => SideBySide.Both(
        stop => SideBySide.Run<int, int>(Places, place => throw new InvalidOperationException($"{place}"), (_, _) => { }, stop), () => 0, TestContext.Current.CancellationToken));

    [Fact]
    public void Both_WorkHereThatFails_StopsTheWorkBesideAndWaitsForIt()
    {
        using var begun = new ManualResetEventSlim();
        var ended = false;
        var error = Assert.Throws<InvalidOperationException>(() => SideBySide.Both<int, int>(
            stop =>
            {
                begun.Set();
                stop.WaitHandle.WaitOne();
                Volatile.Write(ref ended, true);
                throw new OperationCanceledException(stop);
            },
            () =>
            {
                begun.Wait(TestContext.Current.CancellationToken);
                throw new InvalidOperationException("here");
            },
            TestContext.Current.CancellationToken));

        Assert.Equal(("here", true), (error.Message, Volatile.Read(ref ended)));
    }

    [Fact]
    public void Both_NothingFails_GivesBoth() =>
        Assert.Equal((1, 2), SideBySide.Both(_ => 1, () => 2, TestContext.Current.CancellationToken));

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
