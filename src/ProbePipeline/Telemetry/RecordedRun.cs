using System.Diagnostics;
using ProbePipeline.Opening;

namespace ProbePipeline.Telemetry;

/// <summary>A run's record of itself in its log: what it is, how it began and how it ended.</summary>
internal static class RecordedRun
{
    /// <param name="prepared">The experiment; what could not be opened leaves no record.</param>
    /// <param name="task">What of it is done: run, shard 2/8, merge.</param>
    /// <param name="work">Does it.</param>
    public static T Do<T>(PreparedExperiment prepared, string task, Func<T> work)
    {
        var (log, options, network) = (prepared.Log, prepared.Options, prepared.Model.Network);
        var watch = Stopwatch.StartNew();
        log.Begins(options.ShownName, task, Redaction.Of(options.Output));
        log.Prepared(Redaction.Of(options.Model), network.ModelType, network.Computation, prepared.Rows.Rows.Length, prepared.Rows.Dropped.Length);
        try
        {
            var outcome = work();
            log.Ends(watch.Elapsed.TotalSeconds);
            return outcome;
        }
        catch (OperationCanceledException)
        {
            log.Stopped(watch.Elapsed.TotalSeconds);
            throw;
        }
        catch (Exception error)
        {
            var message = Redaction.Of(error.Message);
            Activity.Current?.SetStatus(ActivityStatusCode.Error, message);
            log.Fails(message, watch.Elapsed.TotalSeconds);
            throw;
        }
    }
}
