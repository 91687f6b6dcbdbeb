using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Microsoft.ML;
using ProbePipeline.Capture.Columns;
using ProbePipeline.Models;

namespace ProbePipeline.Capture.Views;

/// <summary>
/// Makes the rows of the next batch ready (pictures decoded and resized, prompts encoded, regions mapped) on a thread of its own while the network computes.
/// One batch ahead and no more, so memory stays bounded and the thread mostly sleeps; batches come in order.
/// </summary>
internal sealed class RowsAhead : IDisposable
{
    private readonly int _batchSize;
    private readonly DataViewRowCursor _input;
    private readonly InputRow _row;
    private readonly ImmutableArray<(InputColumns Columns, InputRow Row)> _donors;
    private readonly ImmutableArray<(string Name, ValueGetter<ReadOnlyMemory<char>> Get)> _labels;

    // Only one task has the cursor at a time: the next one begins when this one has ended.
    private Task<(ReadyRows? Rows, ExceptionDispatchInfo? Error)>? _ahead;
    private long _aheadBatch;
    private (long Batch, ExceptionDispatchInfo Error)? _failed;
    private volatile bool _isDisposed;

    public RowsAhead(NetworkView view, ImmutableArray<NetworkColumn> columns)
    {
        _batchSize = view.BatchSize;
        var schema = view.Source.Schema;
        var labelNames = columns.Select(column => column.LabelColumn).OfType<string>().Distinct().ToArray();
        InputColumns[] donors = [.. NetworkView.DonorRows(columns)];
        string[] names = [.. donors.Prepend(view.Inputs).SelectMany(inputs => inputs.Names), .. labelNames];
        _input = view.Source.GetRowCursor(names.Distinct().Select(name => schema[name]));
        _row = new InputRow(_input, view.Inputs, view.Model);
        _donors = [.. donors.Select(donor => (donor, new InputRow(_input, donor, view.Model)))];
        _labels = [.. labelNames.Select(name => (name, _input.GetGetter<ReadOnlyMemory<char>>(schema[name])))];
    }

    /// <summary>Begins with the first batch, if nothing was begun yet.</summary>
    public void Begin() => _ahead ??= Task.Run(Read);

    /// <summary>The rows of a batch, which lies behind those taken before; meanwhile the batch after it is begun.</summary>
    /// <exception cref="Exception">What went wrong with one of its rows; of batches that are passed over nothing is said.</exception>
    public ReadyRows Take(long batch)
    {
        if (_failed is { } failed && failed.Batch == batch)
        {
            failed.Error.Throw();
        }

        Begin();
        var (rows, error) = _ahead!.GetAwaiter().GetResult();
        if (_aheadBatch < batch)
        {
            // Batches between are passed over: their rows are not looked at.
            for (var row = (_aheadBatch + 1) * _batchSize; row < batch * _batchSize; row++)
            {
                _input.MoveNext();
            }

            (rows, error) = Read();
        }

        _aheadBatch = batch + 1;
        _ahead = Task.Run(Read);
        if (error is not null)
        {
            _failed = (batch, error);
            error.Throw();
        }

        return rows!;
    }

    /// <summary>Waits until the thread has left the row that it is at.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _ahead?.GetAwaiter().GetResult();
        _input.Dispose();
    }

    // An error is kept with the batch. The cursor goes to the end of the batch all the same, so that the next one begins where it should.
    private (ReadyRows? Rows, ExceptionDispatchInfo? Error) Read()
    {
        var rows = ImmutableArray.CreateBuilder<PromptRow>(_batchSize);
        var donors = _donors.Select(_ => ImmutableArray.CreateBuilder<PromptRow>()).ToArray();
        var labels = _labels.Select(_ => ImmutableArray.CreateBuilder<string>()).ToArray();
        ExceptionDispatchInfo? error = null;
        try
        {
            for (var row = 0; row < _batchSize && !_isDisposed && _input.MoveNext(); row++)
            {
                if (error is null)
                {
                    error = Read(rows, donors, labels);
                }
            }
        }
        catch (Exception inInput)
        {
            error ??= ExceptionDispatchInfo.Capture(inInput);
        }

        return error is null
            ? (new ReadyRows(
                rows.ToImmutable(),
                _donors.Zip(donors).ToDictionary(donor => donor.First.Columns, donor => donor.Second.ToImmutable()),
                _labels.Zip(labels).ToDictionary(label => label.First.Name, label => label.Second.ToImmutable())), null)
            : (null, error);
    }

    private ExceptionDispatchInfo? Read(ImmutableArray<PromptRow>.Builder rows, ImmutableArray<PromptRow>.Builder[] donors, ImmutableArray<string>.Builder[] labels)
    {
        try
        {
            rows.Add(_row.Read());
            for (var donor = 0; donor < donors.Length; donor++)
            {
                donors[donor].Add(_donors[donor].Row.Read());
            }

            for (var label = 0; label < labels.Length; label++)
            {
                var text = default(ReadOnlyMemory<char>);
                _labels[label].Get(ref text);
                labels[label].Add(text.ToString());
            }

            return null;
        }
        catch (Exception inRow)
        {
            return ExceptionDispatchInfo.Capture(inRow);
        }
    }
}
