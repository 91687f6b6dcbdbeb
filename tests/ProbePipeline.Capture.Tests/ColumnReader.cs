using Microsoft.ML;
using Microsoft.ML.Data;

namespace ProbePipeline.Capture.Tests;

/// <summary>Reads a data view once, every column that a network fills, so that all share its forwards.</summary>
internal sealed class ColumnReader
{
    private readonly Dictionary<string, List<float>> _floats = [];
    private readonly Dictionary<string, List<int>> _integers = [];
    private readonly Dictionary<string, List<uint>> _keys = [];

    public ColumnReader(IDataView view, params string[] names)
    {
        var columns = view.Schema.Where(column => names.Length == 0 ? column.Name.Contains('/', StringComparison.Ordinal) : names.Contains(column.Name)).ToArray();
        using var cursor = view.GetRowCursor(columns);
        var reads = columns.Select(column => Read(cursor, column)).ToArray();
        while (cursor.MoveNext())
        {
            Array.ForEach(reads, read => read());
        }
    }

    public float[] Floats(string name) => [.. _floats[name]];

    public T[] Vectors<T>(string name) => typeof(T) == typeof(float) ? (T[])(object)_floats[name].ToArray() : (T[])(object)_integers[name].ToArray();

    public uint[] Keys(string name) => [.. _keys[name]];


    private Action Read(DataViewRowCursor cursor, DataViewSchema.Column column) => column.Type switch
    {
        KeyDataViewType => Values(cursor.GetGetter<uint>(column), _keys[column.Name] = []),
        VectorDataViewType vector when vector.ItemType == NumberDataViewType.Single => Vector(cursor.GetGetter<VBuffer<float>>(column), _floats[column.Name] = []),
        _ => Vector(cursor.GetGetter<VBuffer<int>>(column), _integers[column.Name] = []),
    };

    private static Action Values<T>(ValueGetter<T> getter, List<T> values)
    {
        T value = default!;
        return () =>
        {
            getter(ref value);
            values.Add(value);
        };
    }

    private static Action Vector<T>(ValueGetter<VBuffer<T>> getter, List<T> values)
    {
        var value = default(VBuffer<T>);
        return () =>
        {
            getter(ref value);
            values.AddRange(value.DenseValues());
        };
    }
}
