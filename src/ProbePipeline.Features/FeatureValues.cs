using System.Runtime.InteropServices;

namespace ProbePipeline.Features;

/// <summary>The numbers of one chunk under one condition, column by column: [rows, width] each, row-major.</summary>
public sealed class FeatureValues
{
    private readonly Dictionary<string, Array> _columns = [];

    /// <summary>Sets a column of <see cref="FeatureType.Float32"/>.</summary>
    public void Set(string column, float[] values) => _columns[column] = values;

    /// <summary>Sets a column of <see cref="FeatureType.Int32"/>.</summary>
    public void Set(string column, int[] values) => _columns[column] = values;

    /// <summary>The place of the first number of a column of <see cref="FeatureType.Float32"/> that is NaN or infinite; -1 where all are finite.</summary>
    public int FirstNotFinite(string column) => FirstNotFinite((float[])_columns[column]);

    /// <summary>The place of the first number that is NaN or infinite; -1 where all are finite.</summary>
    /// <param name="values">The numbers.</param>
    public static int FirstNotFinite(ReadOnlySpan<float> values) => values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);

    /// <summary>The bytes of a column, little-endian.</summary>
    /// <exception cref="FeatureStoreException">The column is missing, or not of the type and size that the manifest names.</exception>
    internal ReadOnlySpan<byte> Bytes(FeatureColumn column, int rows)
    {
        var values = _columns.GetValueOrDefault(column.Name);
        return values switch
        {
            float[] numbers when column.Type == FeatureType.Float32 && numbers.Length == rows * column.Width => MemoryMarshal.AsBytes(numbers.AsSpan()),
            int[] numbers when column.Type == FeatureType.Int32 && numbers.Length == rows * column.Width => MemoryMarshal.AsBytes(numbers.AsSpan()),
            _ => throw new FeatureStoreException(
                $"column {column.Name}: expected {rows} x {column.Width} numbers of type {column.Type}; found {(values is null ? "none" : $"{values.Length} of type {values.GetType().GetElementType()!.Name}")}"),
        };
    }
}
