using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ProbePipeline.Telemetry;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Telemetry;

public sealed class RunTelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_SomebodyListens_HearsActivitiesAndFigures()
    {
        var (activities, figures) = (new ConcurrentBag<Activity>(), new ConcurrentBag<(string Name, double Value)>());
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RunTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            // Other tests run experiments at the same time.
            ActivityStopped = activity =>
            {
                if (activity.TraceId == root.TraceId)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener { InstrumentPublished = (instrument, self) => Enable(instrument, self) };
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) => figures.Add((instrument.Name, value)));
        meters.SetMeasurementEventCallback<double>((instrument, value, _, _) => figures.Add((instrument.Name, value)));
        meters.Start();

        Experiment.Read(
            Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
            "dataset.images=12", $"model={SampleModel.Folder}", $"output={_folder["report"]}", "capture.chunkPictures=5", "capture.sites=[projector]", "lens=null", "probe.l2=[1e-2]", "probe.bootstrap.count=100")
            .Run(cancellation: TestContext.Current.CancellationToken);

        var counts = activities.CountBy(activity => activity.OperationName).ToDictionary();
        Assert.Equal((1, 1, 1, 3, 1, 1), (counts["run"], counts["open"], counts["forwards"], counts["chunk"], counts["probes"], counts["report"]));
        Assert.InRange(counts["probe"], 2, 5);
        var run = activities.Single(activity => activity.OperationName == "run");
        Assert.Equal(("partscenes", "run"), (run.GetTagItem("experiment"), run.GetTagItem("task")));
        Assert.All(activities.Where(activity => activity.OperationName is "open" or "forwards" or "probes" or "report"), activity => Assert.Equal(run.SpanId, activity.ParentSpanId));
        Assert.Contains(activities, activity => activity.OperationName == "probe" && (activity.GetTagItem("site"), activity.GetTagItem("condition")) is ("projector", "intact"));

        // At least these: other tests count too.
        Assert.True(figures.Where(figure => figure.Name == "probepipeline.rows").Sum(figure => figure.Value) >= 72);
        Assert.True(figures.Where(figure => figure.Name == "probepipeline.features.size").Sum(figure => figure.Value) >= 72 * 5 * 128 * 4);
        Assert.True(figures.Count(figure => figure is { Name: "probepipeline.chunk.duration", Value: > 0 }) >= 3);
        Assert.True(figures.Count(figure => figure is { Name: "probepipeline.probe.duration", Value: > 0 }) >= 2);
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == RunTelemetry.Name)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
