using System.Collections.Immutable;
using System.Diagnostics;
using ProbePipeline.Capture;
using ProbePipeline.Features;
using ProbePipeline.Rows;
using ProbePipeline.Telemetry;

namespace ProbePipeline.Extraction;

/// <summary>
/// One way through the chunks of a store. While the network computes, rows are made ready for its next batch, of the next chunk too, and the chunk before is written.
/// </summary>
/// <param name="extraction">What is computed of every row.</param>
/// <param name="store">Keeps it, and says what is finished.</param>
/// <param name="chunks">The chunks, by their number in the store.</param>
/// <param name="conditions">The conditions to compute.</param>
/// <param name="progress">Is told how many rows are finished and written under all conditions.</param>
/// <param name="cancellation">Stops between rows; the chunk in hand is dropped.</param>
internal sealed class ChunkRun(
    FeatureExtraction extraction,
    FeatureStore store,
    ImmutableArray<(int Number, ImmutableArray<ExperimentRow> Rows)> chunks,
    ImmutableArray<CaptureCondition> conditions,
    Action<int> progress,
    CancellationToken cancellation) : IDisposable
{
    private readonly ChunkWriter _writer = new(store.Write);
    private ConditionReader? _next;
    private int _writtenChunks;
    private int _writtenRows;

    /// <summary>Computes what the store lacks.</summary>
    /// <exception cref="CaptureException">A state is not finite, and that stops the run.</exception>
    public void Run()
    {
        try
        {
            for (var place = 0; place < chunks.Length; place++)
            {
                if (Missing(place).IsEmpty)
                {
                    _writer.Finish();
                    Report(place + 1);
                }
                else
                {
                    Compute(place);
                }
            }

            _writer.Finish();
            Report(chunks.Length);
        }
        catch (OperationCanceledException)
        {
            // It says that what is finished is kept, so that has to be true.
            _writer.Finish();
            throw;
        }
    }

    public void Dispose()
    {
        _next?.Dispose();
        _writer.Dispose();
    }

    private void Compute(int place)
    {
        var watch = Stopwatch.StartNew();
        var (number, rows) = chunks[place];
        using var activity = RunTelemetry.Begin("chunk", ("chunk", number));
        using var reader = _next ?? Reader(place);
        _next = null;
        var batchSize = extraction.States.BatchSize;
        var values = reader.Read((rows.Length - 1) / batchSize * batchSize, beforeLast: () => BeginNext(place + 1), check: () =>
        {
            if (_writer.HasWritten())
            {
                Report(place);
            }

            cancellation.ThrowIfCancellationRequested();
        });
        if (extraction.StopsWhereNotFinite)
        {
            NotFiniteStates.Refuse(values, extraction.StatesOf(store.Manifest), rows);
        }

        Record(number, values, watch.Elapsed.TotalSeconds);
        _writer.Add(number, values, between: () =>
        {
            Report(place);
            cancellation.ThrowIfCancellationRequested();
        });
    }

    private void BeginNext(int place)
    {
        if (place < chunks.Length && !Missing(place).IsEmpty)
        {
            _next = Reader(place);
            _next.Begin();
        }
    }

    private ImmutableArray<CaptureCondition> Missing(int place) =>
        [.. conditions.Where(condition => extraction.Takes(chunks[place].Number, condition.Name) && !store.IsFinished(chunks[place].Number, condition.Name))];

    private ConditionReader Reader(int place)
    {
        var missing = Missing(place);
        return new ConditionReader(extraction.Fill(chunks[place].Rows, missing), missing.Select(condition => condition.Name), chunks[place].Rows.Length);
    }

    private void Record(int chunk, OrderedDictionary<string, FeatureValues> values, double seconds)
    {
        var rows = store.Manifest.ChunkRows[chunk];
        RunTelemetry.ChunkDuration.Record(seconds);
        RunTelemetry.Rows.Add(rows);
        RunTelemetry.FeatureBytes.Add(store.Manifest.Columns.Sum(column => column.BytesPerRow) * rows * values.Count);
        extraction.Log.ChunkFinished(chunk, rows, string.Join(' ', values.Keys), seconds);
    }

    private void Report(int written)
    {
        for (; _writtenChunks < written; _writtenChunks++)
        {
            _writtenRows += chunks[_writtenChunks].Rows.Length;
            progress(_writtenRows);
        }
    }
}
