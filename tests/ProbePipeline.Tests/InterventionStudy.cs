using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Tests;

/// <summary>A small experiment that patches, erases, sweeps and asks without the picture, run once for all tests of what it gives.</summary>
public sealed class InterventionStudy : WrittenStudy
{
    private const string Text = """
        dataset: { name: partscenes, seed: 11, images: 30 }
        conditions:
          intact: []
          vision-cut: [{ tower: vision, from: all, to: all }]
          patched: [{ patch: projector, tokens: region, from: vision-cut }]
          erased: [{ erase: part, at: projector, tokens: region }]
          patched-from-erased: [{ patch: language.resid_post.2, tokens: image, from: erased }]
        sweeps:
          window: { block: { tower: vision, from: all, to: all }, window: 3, stride: 3 }
        capture: { sites: [projector, language.resid_post.2], chunkPictures: 10 }
        probe: { target: part, l2: [1e-2], bootstrap: { count: 100 } }
        answer: { question: "What is the {color} part?", choices: parts, blind: true }
        """;

    private readonly Lines _log = new();

    public InterventionStudy() : base(Text) => Results = Open().LoggedTo(_log).Run().Results;

    public ExperimentResults Results { get; }

    /// <summary>What the run logged.</summary>
    public IEnumerable<string> Log => _log.Written;

    private sealed class Lines : ILogger
    {
        public ConcurrentQueue<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Enqueue(formatter(state, exception));
    }
}
