using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ProbePipeline.Features;

/// <summary>The rows of a store under one condition, read chunk by chunk.</summary>
internal sealed class FeatureView : IDataView
{
    /// <summary>Columns before the attributes: the row's name and its picture.</summary>
    public const int FixedColumns = 2;

    public FeatureView(FeatureStore store, string condition, ImmutableArray<FeatureColumn> columns)
    {
        Store = store;
        Condition = condition;
        Columns = columns;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Id", TextDataViewType.Instance);
        schema.AddColumn("Image", NumberDataViewType.Int32);
        foreach (var name in store.Manifest.AttributeNames)
        {
            schema.AddColumn(name, TextDataViewType.Instance);
        }

        foreach (var column in columns)
        {
            schema.AddColumn(column.Name, new VectorDataViewType(column.Type == FeatureType.Float32 ? NumberDataViewType.Single : NumberDataViewType.Int32, column.Width), Annotations(column));
        }

        Schema = schema.ToSchema();
    }

    public FeatureStore Store { get; }

    public string Condition { get; }

    public ImmutableArray<FeatureColumn> Columns { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => Store.Manifest.RowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new FeatureCursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema.Annotations? Annotations(FeatureColumn column)
    {
        if (column.SlotNames.IsEmpty)
        {
            return null;
        }

        var builder = new DataViewSchema.Annotations.Builder();
        ReadOnlyMemory<char>[] names = [.. column.SlotNames.Select(name => name.AsMemory())];
        builder.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, names.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, names));
        return builder.ToAnnotations();
    }
}
