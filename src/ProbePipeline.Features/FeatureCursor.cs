using Microsoft.ML;
using Microsoft.ML.Data;

namespace ProbePipeline.Features;

/// <summary>Walks the rows of a store. A chunk's column is read when its first row is asked for, and columns that nobody asks for never are.</summary>
internal sealed class FeatureCursor : DataViewRowCursor
{
    private readonly FeatureView _view;
    private readonly bool[] _active;
    private readonly Array?[] _chunkValues;
    private int _chunk;
    private int _rowInChunk = -1;
    private long _position = -1;

    public FeatureCursor(FeatureView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        _view = view;
        _active = new bool[view.Schema.Count];
        foreach (var column in columnsNeeded)
        {
            _active[column.Index] = true;
        }

        _chunkValues = new Array?[view.Columns.Length];
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema => _view.Schema;

    private FeatureManifest Manifest => _view.Store.Manifest;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override bool MoveNext()
    {
        while (_chunk < Manifest.ChunkRows.Length)
        {
            if (++_rowInChunk < Manifest.ChunkRows[_chunk])
            {
                _position++;
                return true;
            }

            _chunk++;
            _rowInChunk = -1;
            Array.Clear(_chunkValues);
        }

        _position = -1;
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_active[column.Index])
        {
            throw new InvalidOperationException($"Column {column.Name} was not asked for when the cursor was made.");
        }

        var attribute = column.Index - FeatureView.FixedColumns;
        var feature = attribute - Manifest.AttributeNames.Length;
        Delegate getter = column.Index switch
        {
            0 => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Row().Id.AsMemory()),
            1 => (ValueGetter<int>)((ref int value) => value = Row().Image),
            _ when feature < 0 => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Row().Attributes[attribute].AsMemory()),
            _ when _view.Columns[feature].Type == FeatureType.Float32 => Vector<float>(feature),
            _ => Vector<int>(feature),
        };
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue)}.");
    }

    private FeatureRow Row() => _view.Store.Rows[(int)_position];

    private ValueGetter<VBuffer<T>> Vector<T>(int feature)
        where T : unmanaged
    {
        var column = _view.Columns[feature];
        return (ref VBuffer<T> value) =>
        {
            var values = (T[])(_chunkValues[feature] ??= _view.Store.Read<T>(_chunk, _view.Condition, column.Name));
            var editor = VBufferEditor.Create(ref value, column.Width);
            values.AsSpan(_rowInChunk * column.Width, column.Width).CopyTo(editor.Values);
            value = editor.Commit();
        };
    }
}
