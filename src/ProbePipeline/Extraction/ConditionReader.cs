using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Features;

namespace ProbePipeline.Extraction;

/// <summary>Reads the columns that a network fills, all conditions in one pass over the rows, as what a feature store takes.</summary>
internal sealed class ConditionReader : IDisposable
{
    private readonly OrderedDictionary<string, (string Name, ColumnBuffer Buffer)[]> _buffers = [];
    private readonly ColumnBuffer[] _all;
    private readonly DataViewRowCursor _cursor;
    private readonly int _rows;
    private bool _isBegun;

    /// <param name="view">What the network fills.</param>
    /// <param name="conditions">The conditions that are read.</param>
    /// <param name="rows">How many rows the view has.</param>
    public ConditionReader(IDataView view, IEnumerable<string> conditions, int rows)
    {
        _rows = rows;
        var filled = conditions.Select(condition => (Name: condition, Columns: view.Schema.Where(column => IsOf(column, condition)).ToArray())).ToArray();
        _cursor = view.GetRowCursor(filled.SelectMany(condition => condition.Columns));
        foreach (var (condition, columns) in filled)
        {
            _buffers[condition] = [.. columns.Select(column => (Describe(column, condition).Name, ColumnBuffer.Of(_cursor, column, rows)))];
        }

        _all = [.. _buffers.Values.SelectMany(columns => columns).Select(column => column.Buffer)];
    }

    /// <summary>The columns of a condition as a store describes them, in the order of the view.</summary>
    public static ImmutableArray<FeatureColumn> Columns(DataViewSchema schema, string condition) =>
        [.. schema.Where(column => IsOf(column, condition)).Select(column => Describe(column, condition))];

    /// <summary>Goes to the first row, from where on rows are made ready for the network. It does not run yet.</summary>
    public void Begin() => _isBegun = _isBegun || _cursor.MoveNext();

    /// <param name="lastBatch">The row with which the last batch begins.</param>
    /// <param name="beforeLast">Is called before that batch is computed, when the threads that make rows ready have done all of this view's.</param>
    /// <param name="check">Stops between rows by throwing.</param>
    public OrderedDictionary<string, FeatureValues> Read(int lastBatch, Action beforeLast, Action check)
    {
        Begin();
        for (var row = 0; row < _rows; row++)
        {
            // A forward takes long; between rows of one batch this costs nothing.
            check();
            if (row == lastBatch)
            {
                beforeLast();
            }

            foreach (var buffer in _all)
            {
                buffer.Take();
            }

            _cursor.MoveNext();
        }

        var read = new OrderedDictionary<string, FeatureValues>();
        foreach (var (condition, columns) in _buffers)
        {
            read[condition] = new FeatureValues();
            foreach (var (name, buffer) in columns)
            {
                buffer.Give(read[condition], name);
            }
        }

        return read;
    }

    public void Dispose() => _cursor.Dispose();

    private static bool IsOf(DataViewSchema.Column column, string condition) => !column.IsHidden && column.Name.StartsWith($"{condition}/", StringComparison.Ordinal);

    private static FeatureColumn Describe(DataViewSchema.Column column, string condition)
    {
        var name = column.Name[(condition.Length + 1)..];
        return column.Type switch
        {
            KeyDataViewType => new FeatureColumn(name, FeatureType.Int32, 1),
            VectorDataViewType vector when vector.ItemType == NumberDataViewType.Int32 => new FeatureColumn(name, FeatureType.Int32, vector.Size) { SlotNames = SlotNames(column) },
            // A state's slots are numbers of a site: their names would repeat the column's.
            VectorDataViewType vector => new FeatureColumn(name, FeatureType.Float32, vector.Size) { SlotNames = column.Annotations.Schema.GetColumnOrNull("Site") is null ? SlotNames(column) : [] },
            var other => throw new InvalidOperationException($"Column {column.Name} is of type {other}, which no store keeps."),
        };
    }

    private static ImmutableArray<string> SlotNames(DataViewSchema.Column column)
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
