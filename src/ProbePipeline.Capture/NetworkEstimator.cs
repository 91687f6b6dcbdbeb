using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Capture.Columns;

namespace ProbePipeline.Capture;

/// <summary>Adds columns that a network fills. There is nothing to learn: <see cref="Fit"/> runs no forward.</summary>
public sealed class NetworkEstimator : IEstimator<NetworkTransformer>
{
    private readonly NetworkTransformer _transformer;

    internal NetworkEstimator(NetworkTransformer transformer) => _transformer = transformer;

    /// <summary>The transformer. It refuses an input that lacks what the network reads.</summary>
    /// <exception cref="CaptureException">A column is missing or of another type; the message names it.</exception>
    public NetworkTransformer Fit(IDataView input)
    {
        _transformer.Transform(input);
        return _transformer;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var known = inputSchema.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _transformer.InputNames.Where(name => !known.Contains(name)))
        {
            throw new CaptureException($"expected a column '{name}'; found only {string.Join(", ", inputSchema.Select(column => column.Name))}");
        }

        return new SchemaShape([.. inputSchema.Where(column => !_transformer.Columns.Any(added => added.Name == column.Name)), .. _transformer.Columns.Select(Shape)]);
    }

    /// <summary>A column of a schema's shape cannot be made from outside ML.NET; a custom mapping without input makes one.</summary>
    private static SchemaShape.Column Shape(NetworkColumn column) => column.Type switch
    {
        KeyDataViewType => Single<FilledKey>(column),
        VectorDataViewType vector when vector.ItemType == NumberDataViewType.Int32 => Single<FilledInt32>(column),
        _ => Single<Filled>(column),
    };

    private static SchemaShape.Column Single<T>(NetworkColumn column)
        where T : class, new()
    {
        var definition = SchemaDefinition.Create(typeof(T));
        var only = definition.Single();
        only.ColumnName = column.Name;
        only.ColumnType = column.Type;
        return new MLContext().Transforms.CustomMapping<Nothing, T>((_, _) => { }, contractName: null, outputSchemaDefinition: definition)
            .GetOutputSchema(new SchemaShape([])).Single();
    }

    private sealed class Nothing;

    private sealed class Filled
    {
        public float[] Values { get; set; } = [];
    }

    private sealed class FilledInt32
    {
        public int[] Values { get; set; } = [];
    }

    private sealed class FilledKey
    {
        [KeyType(1)]
        public uint Values { get; set; }
    }
}
