using System.Collections.Immutable;
using Microsoft.ML;
using ProbePipeline.Capture.Columns;

namespace ProbePipeline.Capture.Views;

/// <summary>
/// A data view whose last columns a network fills, batch by batch, when they are asked for. Transforms of one model that follow one another
/// add their columns to one view, so that they share its forwards.
/// </summary>
internal sealed class NetworkView : IDataView
{
    private NetworkView(IDataView source, ProbedModel model, InputColumns inputs, int batchSize, ImmutableArray<NetworkColumn> columns)
    {
        Source = source;
        Model = model;
        Inputs = inputs;
        BatchSize = batchSize;
        Columns = columns;
        Schema = WithColumns(source.Schema, columns);
    }

    public IDataView Source { get; }

    public ProbedModel Model { get; }

    public InputColumns Inputs { get; }

    public int BatchSize { get; }

    /// <summary>The columns that the network fills; they come after the source's.</summary>
    public ImmutableArray<NetworkColumn> Columns { get; }

    public DataViewSchema Schema { get; }

    // Batches go by the order of the rows.
    public bool CanShuffle => false;

    /// <summary>The input with more columns; of a view of the same network over the same inputs, that view's source with the columns of both.</summary>
    public static NetworkView Over(IDataView input, ProbedModel model, InputColumns inputs, int batchSize, ImmutableArray<NetworkColumn> columns)
    {
        RequireInputs(input.Schema, inputs, columns);
        return input is NetworkView view && ReferenceEquals(view.Model, model) && view.Inputs == inputs && view.BatchSize == batchSize
            ? new NetworkView(view.Source, model, inputs, batchSize, RequireOneMeaning([.. view.Columns, .. columns]))
            : new NetworkView(input, model, inputs, batchSize, RequireOneMeaning(columns));
    }

    /// <summary>A schema with further columns.</summary>
    public static DataViewSchema WithColumns(DataViewSchema schema, IEnumerable<NetworkColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(schema);
        foreach (var column in columns)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations());
        }

        return builder.ToSchema();
    }

    /// <summary>The columns in which rows stand that conditions take states from.</summary>
    public static IEnumerable<InputColumns> DonorRows(IEnumerable<NetworkColumn> columns) =>
        columns.SelectMany(column => column.Condition.Patches).Select(patch => patch.DonorRow).OfType<InputColumns>().Distinct();

    public long? GetRowCount() => Source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new NetworkCursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private static void RequireInputs(DataViewSchema schema, InputColumns inputs, IEnumerable<NetworkColumn> columns)
    {
        foreach (var row in DonorRows(columns).Prepend(inputs))
        {
            Require(schema, row.Picture, PictureDataViewType.Instance);
            Require(schema, row.Prompt, Microsoft.ML.Data.TextDataViewType.Instance);
            if (row.Region is { } region)
            {
                Require(schema, region, RegionDataViewType.Instance);
            }
        }

        foreach (var label in columns.Select(column => column.LabelColumn).OfType<string>().Distinct())
        {
            Require(schema, label, Microsoft.ML.Data.TextDataViewType.Instance);
        }
    }

    private static void Require(DataViewSchema schema, string name, Microsoft.ML.Data.DataViewType type)
    {
        if (schema.GetColumnOrNull(name) is not { } column || !column.Type.Equals(type))
        {
            throw new CaptureException(
                $"expected a column '{name}' of type {type}; found {(schema.GetColumnOrNull(name) is { } other ? $"one of type {other.Type}" : $"only {string.Join(", ", schema.Select(known => known.Name))}")}");
        }
    }

    private static ImmutableArray<NetworkColumn> RequireOneMeaning(ImmutableArray<NetworkColumn> columns)
    {
        // States are taken from donors by their name. Columns share their conditions, and a meaning is written out digit by digit, so it is asked for once a condition.
        var odd = columns.Select(column => column.Condition).Distinct().SelectMany(condition => condition.Patches.Select(patch => patch.Donor).Prepend(condition)).Distinct()
            .DistinctBy(condition => condition.Meaning)
            .GroupBy(condition => condition.Name, condition => condition.Changes, StringComparer.Ordinal).FirstOrDefault(condition => condition.Skip(1).Any());
        return odd is null ? columns : throw new CaptureException($"condition '{odd.Key}' changes [{string.Join("] here and [", odd)}] there; give them two names");
    }
}
