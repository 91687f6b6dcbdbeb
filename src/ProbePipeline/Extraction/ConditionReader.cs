using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Features;

namespace ProbePipeline.Extraction;

/// <summary>Reads the columns that a network fills, all conditions in one pass over the rows, as what a feature store takes.</summary>
internal static class ConditionReader
{
    /// <summary>The columns of a condition as a store describes them, in the order of the view.</summary>
    public static ImmutableArray<FeatureColumn> Columns(DataViewSchema schema, string condition) =>
        [.. schema.Where(column => IsOf(column, condition)).Select(column => Describe(column, condition))];

    public static Dictionary<string, FeatureValues> Read(IDataView view, IEnumerable<string> conditions, CancellationToken cancellation)
    {
        var filled = conditions.ToDictionary(condition => condition, condition => view.Schema.Where(column => IsOf(column, condition)).ToArray());
        using var cursor = view.GetRowCursor(filled.Values.SelectMany(columns => columns));
        var buffers = filled.ToDictionary(condition => condition.Key, condition => condition.Value.Select(column => ColumnBuffer.Of(cursor, column)).ToArray());
        while (cursor.MoveNext())
        {
            // A forward takes long; between rows of one batch this costs nothing.
            cancellation.ThrowIfCancellationRequested();
            foreach (var buffer in buffers.Values.SelectMany(columns => columns))
            {
                buffer.Take();
            }
        }

        return buffers.ToDictionary(condition => condition.Key, condition =>
        {
            var values = new FeatureValues();
            foreach (var (column, buffer) in filled[condition.Key].Zip(condition.Value))
            {
                buffer.Give(values, Describe(column, condition.Key).Name);
            }

            return values;
        });
    }

    private static bool IsOf(DataViewSchema.Column column, string condition) => !column.IsHidden && column.Name.StartsWith($"{condition}/", StringComparison.Ordinal);

    private static FeatureColumn Describe(DataViewSchema.Column column, string condition)
    {
        var name = column.Name[(condition.Length + 1)..];
        return column.Type switch
        {
            KeyDataViewType => new FeatureColumn(name, FeatureType.Int32, 1),
            VectorDataViewType vector when vector.ItemType == NumberDataViewType.Int32 => new FeatureColumn(name, FeatureType.Int32, vector.Size) { SlotNames = SlotNames(column) },
            VectorDataViewType vector => new FeatureColumn(name, FeatureType.Float32, vector.Size) { SlotNames = column.Annotations.Schema.GetColumnOrNull("Site") is null ? SlotNames(column) : [] },
            var other => throw new InvalidOperationException($"Column {column.Name} is of type {other}, which no store keeps."),
        };
    }

    // A state's slots are numbers of a site: their names would repeat the column's.
    private static ImmutableArray<string> SlotNames(DataViewSchema.Column column)
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
