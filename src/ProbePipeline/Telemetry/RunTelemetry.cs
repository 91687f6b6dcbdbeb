using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ProbePipeline.Telemetry;

/// <summary>
/// What a run measures of itself through System.Diagnostics, so that OpenTelemetry, dotnet-counters or dotnet-trace can listen. Where nobody does it costs nothing.
/// docs/logging.md lists activities and instruments.
/// </summary>
public static class RunTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "ProbePipeline";

    private static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Rows whose features are finished under all conditions that were missing.</summary>
    internal static Counter<long> Rows { get; } = Meter.CreateCounter<long>("probepipeline.rows", "{row}", "Rows that went through the network");

    /// <summary>Bytes of features.</summary>
    internal static Counter<long> FeatureBytes { get; } = Meter.CreateCounter<long>("probepipeline.features.size", "By", "Features handed to the disk");

    /// <summary>Time of a chunk from its first row to its last.</summary>
    internal static Histogram<double> ChunkDuration { get; } = Meter.CreateHistogram<double>("probepipeline.chunk.duration", "s", "Time of a chunk's forwards");

    /// <summary>Time of a site's fits under one condition.</summary>
    internal static Histogram<double> ProbeDuration { get; } = Meter.CreateHistogram<double>("probepipeline.probe.duration", "s", "Time of a site's probes under one condition");

    /// <summary>Begins an activity; null where nobody listens.</summary>
    internal static Activity? Begin(string name, params ReadOnlySpan<(string Key, object? Value)> tags)
    {
        var activity = Activities.StartActivity(name);
        foreach (var (key, value) in activity is null ? [] : tags)
        {
            activity!.SetTag(key, value);
        }

        return activity;
    }
}
