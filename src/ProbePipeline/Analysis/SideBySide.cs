using System.Runtime.ExceptionServices;

namespace ProbePipeline.Analysis;

/// <summary>Work on many places at once. The results are in the places' order and do not depend on the number of cores.</summary>
internal static class SideBySide
{
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
            Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, index =>
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
