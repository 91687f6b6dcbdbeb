using Microsoft.Extensions.Logging;

namespace ProbePipeline.Telemetry;

/// <summary>What a run logs. Names and counts, no contents of rows, no answers, no environment.</summary>
internal static partial class RunLog
{
    [LoggerMessage(1, LogLevel.Information, "{Experiment} begins: {Task}, into {Output}")]
    public static partial void Begins(this ILogger log, string experiment, string task, string output);

    [LoggerMessage(2, LogLevel.Information, "{Model} is a {ModelType} network, {Computation}; {Rows} rows, {Dropped} dropped")]
    public static partial void Prepared(this ILogger log, string model, string modelType, string computation, int rows, int dropped);

    [LoggerMessage(3, LogLevel.Information, "{Stage}: {Rows} rows, {Finished} of {Chunks} chunks are there")]
    public static partial void StageBegins(this ILogger log, string stage, int rows, int finished, int chunks);

    [LoggerMessage(4, LogLevel.Information, "chunk {Chunk}: {Rows} rows under {Conditions} in {Seconds:0.000} s")]
    public static partial void ChunkFinished(this ILogger log, int chunk, int rows, string conditions, double seconds);

    [LoggerMessage(5, LogLevel.Warning, "{Notice}")]
    public static partial void Noticed(this ILogger log, string notice);

    [LoggerMessage(6, LogLevel.Debug, "probe at {Site} under {Condition}: {Accuracy:0.000} on test rows, L2 {L2}, in {Seconds:0.000} s")]
    public static partial void ProbeFitted(this ILogger log, string site, string condition, double accuracy, double l2, double seconds);

    [LoggerMessage(7, LogLevel.Information, "{Count} probes at {Sites} sites in {Seconds:0.0} s")]
    public static partial void ProbesFinished(this ILogger log, int count, int sites, double seconds);

    [LoggerMessage(8, LogLevel.Information, "joined {Chunks} chunks of {Shards} shards")]
    public static partial void Joined(this ILogger log, int chunks, int shards);

    [LoggerMessage(9, LogLevel.Information, "report: {Path}")]
    public static partial void Reported(this ILogger log, string path);

    [LoggerMessage(10, LogLevel.Information, "ends after {Seconds:0.0} s")]
    public static partial void Ends(this ILogger log, double seconds);

    [LoggerMessage(11, LogLevel.Warning, "stopped after {Seconds:0.0} s; what is finished is kept")]
    public static partial void Stopped(this ILogger log, double seconds);

    [LoggerMessage(12, LogLevel.Error, "fails after {Seconds:0.0} s: {Message}")]
    public static partial void Fails(this ILogger log, string message, double seconds);
}
