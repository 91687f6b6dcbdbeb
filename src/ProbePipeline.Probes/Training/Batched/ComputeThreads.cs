using System.Runtime.ExceptionServices;
using TorchSharp;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// Threads that compute side by side, each with libtorch on one thread of its own. How libtorch adds up depends on how many threads it has; with one,
/// on work that is cut the same way everywhere, the same numbers come out of any number of cores.
/// </summary>
internal sealed class ComputeThreads : IDisposable
{
    private static readonly Lock Users = new();
    private static int _userCount;
    private static int _threadsBefore;

    // How often this thread was set to one.
    [ThreadStatic]
    private static int _depth;

    /// <param name="count">How many compute at a time, the caller among them.</param>
    public ComputeThreads(int count)
    {
        Count = count;
        lock (Users)
        {
            // libtorch's number of threads is partly the process's: what it was before anybody changed it is what comes back.
            if (_userCount++ == 0)
            {
                _threadsBefore = torch.get_num_threads();
            }
        }

        SetOne();
    }

    /// <summary>How many compute at a time.</summary>
    public int Count { get; }

    /// <summary>All of the work, by index; it returns when everything is done. What is done for one index must not depend on who does it.</summary>
    /// <remarks>What is to outlive the work for an index leaves its dispose scope.</remarks>
    public void Run(int count, Action<int> work)
    {
        try
        {
            // On the scheduler that the caller runs on: fits side by side share its threads instead of each bringing its own.
            Parallel.For(0, count, new ParallelOptions { TaskScheduler = TaskScheduler.Current, MaxDegreeOfParallelism = Count }, SetOne, (index, _, set) =>
            {
                using var guard = torch.no_grad();
                using var scope = torch.NewDisposeScope();
                work(index);
                return set;
            }, _ => SetBack());
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.Flatten().InnerExceptions[0]);
        }
    }

    public void Dispose()
    {
        SetBack();
        lock (Users)
        {
            _userCount--;
        }
    }

    private static bool SetOne()
    {
        if (_depth++ == 0)
        {
            // A thread that libtorch has not seen yet would take the process's number when it first computes.
            _ = torch.get_num_threads();
            torch.set_num_threads(1);
        }

        return true;
    }

    private static void SetBack()
    {
        if (--_depth == 0)
        {
            torch.set_num_threads(_threadsBefore);
        }
    }
}
