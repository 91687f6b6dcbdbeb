using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>Labels and vectors of an ML.NET view, in memory.</summary>
/// <param name="Features">[rows, width], row-major.</param>
/// <param name="Width">Numbers a row.</param>
/// <param name="Labels">For every row the index of its class.</param>
/// <param name="Classes">The classes' names.</param>
internal sealed record TrainingRows(float[] Features, int Width, ImmutableArray<int> Labels, ImmutableArray<string> Classes)
{
    private const string Keys = "of keys, such as MapValueToKey makes";
    private const string Vectors = "of float vectors of one length";

    /// <exception cref="ProbeException">A column is missing or of another type, a row has no label, or a feature is not finite.</exception>
    public static TrainingRows Read(IDataView input, string labelName, string featureName)
    {
        var (label, feature) = (Column(input.Schema, labelName, Keys), Column(input.Schema, featureName, Vectors));
        if (label.Type is not KeyDataViewType keys || keys.RawType != typeof(uint))
        {
            throw new ProbeException($"expected a column '{labelName}' {Keys}; found one of type {label.Type}");
        }

        if (feature.Type is not VectorDataViewType { IsKnownSize: true } vectors || vectors.ItemType != NumberDataViewType.Single)
        {
            throw new ProbeException($"expected a column '{featureName}' {Vectors}; found one of type {feature.Type}");
        }

        var (labels, features) = (ImmutableArray.CreateBuilder<int>(), new List<float>());
        using var cursor = input.GetRowCursor([label, feature]);
        var (readKey, readVector) = (cursor.GetGetter<uint>(label), cursor.GetGetter<VBuffer<float>>(feature));
        var (key, vector) = (0u, default(VBuffer<float>));
        while (cursor.MoveNext())
        {
            readKey(ref key);
            readVector(ref vector);
            // Keys count from 1; 0 is a missing one.
            labels.Add(key > 0 ? (int)key - 1 : throw new ProbeException($"{labelName}: expected a class in every row; found none in row {labels.Count}; filter such rows out first"));
            features.AddRange(vector.DenseValues());
        }

        if (labels.Distinct().Count() < 2)
        {
            throw new ProbeException($"{labelName}: expected rows of at least two classes; found {labels.Count} rows of {labels.Distinct().Count()}");
        }

        float[] values = [.. features];
        try
        {
            // Nothing is kept of it: it refuses numbers that are not finite.
            _ = new FeatureMatrix(values, vectors.Size);
        }
        catch (ProbeException error)
        {
            throw new ProbeException($"{featureName}: {error.Message}", error);
        }

        return new TrainingRows(values, vectors.Size, labels.ToImmutable(), Names(label, (int)keys.Count));
    }

    private static DataViewSchema.Column Column(DataViewSchema schema, string name, string kind) => schema.GetColumnOrNull(name)
        ?? throw new ProbeException($"expected a column '{name}' {kind}; found only {string.Join(", ", schema.Select(column => column.Name))}");

    // Texts where the key's values are texts, else their numbers.
    private static ImmutableArray<string> Names(DataViewSchema.Column label, int count)
    {
        if (label.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType { ItemType: TextDataViewType })
        {
            return [.. Enumerable.Range(0, count).Select(index => $"{index}")];
        }

        var names = default(VBuffer<ReadOnlyMemory<char>>);
        label.Annotations.GetValue("KeyValues", ref names);
        return [.. names.DenseValues().Select(name => $"{name}")];
    }
}
