using System.Globalization;
using ProbePipeline.Features;

namespace ProbePipeline.Probes;

/// <summary>What a probe reads: a vector a row.</summary>
public sealed class FeatureMatrix
{
    private readonly float[] _values;

    /// <param name="values">[rows, width], row-major; not copied.</param>
    /// <param name="width">Numbers a row.</param>
    /// <exception cref="ProbeException">The values are no whole rows, or one of them is not finite.</exception>
    public FeatureMatrix(float[] values, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (values.Length % width != 0)
        {
            throw new ProbeException($"expected rows of {width} numbers; found {values.Length} numbers, which are no whole rows");
        }

        var odd = FeatureValues.FirstNotFinite(values);
        if (odd >= 0)
        {
            throw new ProbeException(string.Create(
                CultureInfo.InvariantCulture, $"expected finite numbers; found {values[odd]} in row {odd / width}, column {odd % width}"));
        }

        _values = values;
        Width = width;
        Rows = values.Length / width;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Numbers a row.</summary>
    public int Width { get; }

    /// <summary>A row's vector.</summary>
    public ReadOnlySpan<float> this[int row] => _values.AsSpan(row * Width, Width);
}
