using System.Runtime.ExceptionServices;

namespace ProbePipeline;

/// <summary>
/// Work on many places at once, on as many workers as the process has cores: whoever comes here shares them, and so do loops within the work that run on the
/// scheduler of their time (<see cref="TaskScheduler.Current"/>).
/// </summary>
internal static class SideBySide
{
    // Its exclusive half is never used: it is the library's scheduler of a limited number of threads.
    private static readonly TaskScheduler Workers = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Environment.ProcessorCount).ConcurrentScheduler;

    /// <summary>Works here while other work goes on beside it, on one of the workers. Where what is done here fails, the other is stopped and waited for: nothing goes on behind the error.</summary>
    /// <param name="beside">What is done beside it; it may itself work on many places, and is told when to stop.</param>
    /// <param name="here">What is done here.</param>
    /// <param name="cancellation">Stops the work beside; what is done here looks at it by itself.</param>
    public static (TBeside Beside, THere Here) Both<TBeside, THere>(Func<CancellationToken, TBeside> beside, Func<THere> here, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var other = Task.Factory.StartNew(() => beside(stop.Token), stop.Token, TaskCreationOptions.DenyChildAttach, Workers);
        THere done;
        try
        {
            done = here();
        }
        catch
        {
            stop.Cancel();
            ((Task)other).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            throw;
        }

        return (other.GetAwaiter().GetResult(), done);
    }

    /// <summary>Works on every place. The results are in the places' order and do not depend on the number of cores.</summary>
    /// <param name="places">What is worked on.</param>
    /// <param name="work">What is done with one; it shares nothing with the others.</param>
    /// <param name="progress">Is told how many are done, of how many.</param>
    /// <param name="cancellation">Stops between places.</param>
    public static TResult[] Run<TPlace, TResult>(IReadOnlyList<TPlace> places, Func<TPlace, TResult> work, Action<int, int> progress, CancellationToken cancellation)
    {
        var results = new TResult[places.Count];
        var done = 0;
        try
        {
            Parallel.For(0, results.Length, new ParallelOptions { TaskScheduler = Workers, MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, index =>
            {
                results[index] = work(places[index]);
                progress(Interlocked.Increment(ref done), results.Length);
            });
        }
        catch (AggregateException errors)
        {
            // The first one says what is wrong; the others mostly say the same.
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }

        return results;
    }
}
