using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Capture.Columns;

namespace ProbePipeline.Capture.Views;

/// <summary>Passes the input's columns through; the network's are computed when one of them is read for the first time in a batch.</summary>
internal sealed class NetworkCursor : DataViewRowCursor
{
    private readonly NetworkView _view;
    private readonly HashSet<int> _active;
    private readonly DataViewRowCursor _passing;
    private readonly ImmutableArray<NetworkColumn> _filled;
    private NetworkBatches? _batches;

    public NetworkCursor(NetworkView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        _view = view;
        _active = [.. columnsNeeded.Select(column => column.Index)];
        var source = view.Source.Schema;
        _passing = view.Source.GetRowCursor(source.Where(column => _active.Contains(column.Index)));
        _filled = [.. view.Columns.Where((_, index) => _active.Contains(source.Count + index))];
    }

    public override long Position => _passing.Position;

    public override long Batch => 0;

    public override DataViewSchema Schema => _view.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        // Who asks for a column that the network fills will read it: its rows are made ready from here on.
        if (_batches is null && !_filled.IsEmpty)
        {
            _batches = new NetworkBatches(_view, _filled);
            _batches.Begin();
        }

        return _passing.MoveNext();
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _passing.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new InvalidOperationException($"Column {column.Name} was not asked for when the cursor was made.");
        }

        if (column.Index < _view.Source.Schema.Count)
        {
            return _passing.GetGetter<TValue>(_view.Source.Schema[column.Index]);
        }

        NetworkColumn filled = _view.Columns[column.Index - _view.Source.Schema.Count];
        var place = _filled.IndexOf(filled);
        return filled.Getter(() => _batches!.Values(place, Position), () => (int)(Position % _view.BatchSize)) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _passing.Dispose();
            _batches?.Dispose();
            _batches = null;
        }

        base.Dispose(disposing);
    }
}
