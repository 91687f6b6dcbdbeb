using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using ProbePipeline.Features;

namespace ProbePipeline.Probes.Applying;

/// <summary>Adds what a fitted probe says of a column of vectors, row by row: probabilities and the likeliest class.</summary>
public sealed class ProbeTransformer : ITransformer
{
    private readonly CustomMappingEstimator<Vectors, Reading> _estimator;
    private readonly CustomMappingTransformer<Vectors, Reading> _mapping;
    private readonly string _input;
    private readonly string _score;
    private readonly string _predicted;

    internal ProbeTransformer(LinearProbe probe, string input, string score, string predicted)
    {
        (Probe, _input, _score, _predicted) = (probe, input, score, predicted);
        var context = new MLContext();
        _estimator = context.Transforms.CustomMapping<Vectors, Reading>(Read, contractName: null, InputDefinition(), OutputDefinition());
        _mapping = _estimator.Fit(context.Data.LoadFromEnumerable<Vectors>([], InputDefinition()));
    }

    /// <summary>The probe.</summary>
    public LinearProbe Probe { get; }

    /// <summary>Always true: a row's reading depends on that row alone.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The input with the columns added.</summary>
    /// <exception cref="ProbeException">The column is missing or holds no vectors of the probe's width.</exception>
    public IDataView Transform(IDataView input) => Mapping(input.Schema).Transform(input);

    /// <inheritdoc/>
    /// <exception cref="ProbeException">The column is missing or holds no vectors of the probe's width.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapping(inputSchema).GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)Mapping(inputSchema)).GetRowToRowMapper(inputSchema);

    /// <summary>Writes probe and column names: <see cref="ProbeModelOperations.LoadWithProbes"/> reads them again.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        CarriedText.Write(SavedColumns.Mark, JsonSerializer.Serialize(SavedColumns.Of(Probe, _input, _score, _predicted))).Save(ctx);

    internal SchemaShape GetOutputShape(SchemaShape input) => input.Any(column => column.Name == _input)
        ? _estimator.GetOutputSchema(input)
        : throw new ProbeException($"expected a column '{_input}' of vectors; found only {string.Join(", ", input.Select(column => column.Name))}");

    private CustomMappingTransformer<Vectors, Reading> Mapping(DataViewSchema schema)
    {
        var width = Probe.Weights.Width;
        var column = schema.GetColumnOrNull(_input);
        return column?.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && vector.Size == width
            ? _mapping
            : throw new ProbeException($"expected a column '{_input}' of vectors of {width} float numbers, as the probe was trained on; found "
                + $"{(column is { } other ? $"one of type {other.Type}" : $"only {string.Join(", ", schema.Select(known => known.Name))}")}");
    }

    private void Read(Vectors row, Reading reading)
    {
        var probabilities = Probe.Probabilities(new FeatureMatrix([.. row.Values.DenseValues()], Probe.Weights.Width), [0])[0];
        reading.Score = new VBuffer<float>(probabilities.Length, [.. probabilities.Select(probability => (float)probability)]);
        // A mapping's keys count from 0; the column's from 1.
        reading.PredictedLabel = (uint)Array.IndexOf(probabilities, probabilities.Max());
    }

    private SchemaDefinition InputDefinition()
    {
        var definition = SchemaDefinition.Create(typeof(Vectors));
        (definition[0].ColumnName, definition[0].ColumnType) = (_input, new VectorDataViewType(NumberDataViewType.Single, Probe.Weights.Width));
        return definition;
    }

    private SchemaDefinition OutputDefinition()
    {
        var count = Probe.Classes.Length;
        var names = new VBuffer<ReadOnlyMemory<char>>(count, [.. Probe.Classes.Select(name => name.AsMemory())]);
        var texts = new VectorDataViewType(TextDataViewType.Instance, count);
        var definition = SchemaDefinition.Create(typeof(Reading));
        var (score, predicted) = (definition[nameof(Reading.Score)], definition[nameof(Reading.PredictedLabel)]);
        (score.ColumnName, score.ColumnType) = (_score, new VectorDataViewType(NumberDataViewType.Single, count));
        score.AddAnnotation("SlotNames", names, texts);
        (predicted.ColumnName, predicted.ColumnType) = (_predicted, new KeyDataViewType(typeof(uint), count));
        predicted.AddAnnotation("KeyValues", names, texts);
        return definition;
    }

    private sealed class Vectors
    {
        public VBuffer<float> Values { get; set; }
    }

    private sealed class Reading
    {
        public VBuffer<float> Score { get; set; }

        [KeyType(1)]
        public uint PredictedLabel { get; set; }
    }
}
