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

    /// <summary>Begins work on one of the workers; it may itself work on many places.</summary>
    public static Task<TResult> Begin<TResult>(Func<TResult> work, CancellationToken cancellation) => Task.Factory.StartNew(work, cancellation, TaskCreationOptions.DenyChildAttach, Workers);

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
