using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Capture.Columns;
using ProbePipeline.Capture.Saving;
using ProbePipeline.Capture.Views;

namespace ProbePipeline.Capture;

/// <summary>
/// Adds columns that a network fills, lazily: a forward runs when one of them is read, for a batch of rows and all conditions at once, and only as
/// deep as the columns that are read need it. Other columns pass through. What several transforms of one model add one after another is computed together.
/// </summary>
public sealed class NetworkTransformer : ITransformer
{
    private readonly ProbedModel _model;
    private readonly SavedTransform _saved;
    private readonly int _batchSize;
    private readonly InputColumns _inputs;

    internal NetworkTransformer(ProbedModel model, SavedTransform saved, InputColumns inputs, int batchSize, ImmutableArray<NetworkColumn> columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _model = model;
        _saved = saved;
        _inputs = inputs;
        _batchSize = batchSize;
        Columns = columns;
    }

    /// <summary>Always false: rows go through the network in batches.</summary>
    public bool IsRowToRowMapper => false;

    internal ImmutableArray<NetworkColumn> Columns { get; }

    internal IEnumerable<string> InputNames =>
        NetworkView.DonorRows(Columns).Prepend(_inputs).SelectMany(inputs => inputs.Names).Concat(Columns.Select(column => column.LabelColumn)).OfType<string>().Distinct();

    /// <summary>The input with the columns added. No forward runs before one of them is read.</summary>
    /// <exception cref="CaptureException">A column that the network reads is missing or of another type; the message names it.</exception>
    public IDataView Transform(IDataView input) => NetworkView.Over(input, _model, _inputs, _batchSize, Columns);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => NetworkView.WithColumns(inputSchema, Columns);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        throw new InvalidOperationException("Rows go through the network in batches; transform a data view instead.");

    /// <summary>Writes the options, not the weights: <see cref="NetworkModelOperations.LoadWithNetworks"/> opens the checkpoint again.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => _saved.Placeholder().Save(ctx);
}
