using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace ProbePipeline.Probes.Conditions;

/// <summary>How far vectors of the same rows point the same way.</summary>
public static class MeanCosine
{
    /// <summary>Mean over rows of the cosine of the angle between a row's two vectors, -1 to 1. A row with a zero vector has no angle and is left out; null: all have.</summary>
    /// <param name="one">A vector a row.</param>
    /// <param name="other">Another vector of the same width for each of these rows.</param>
    /// <param name="rows">Which rows.</param>
    /// <exception cref="ProbeException">The two are not of one shape.</exception>
    public static double? Of(FeatureMatrix one, FeatureMatrix other, ImmutableArray<int> rows)
    {
        if (one.Rows != other.Rows || one.Width != other.Width)
        {
            throw new ProbeException($"cosine: expected two sets of vectors of one shape; found {one.Rows} x {one.Width} and {other.Rows} x {other.Width}");
        }

        double[] cosines = [.. rows.Select(row => Of(one[row], other[row])).OfType<double>()];
        return cosines.Length == 0 ? null : cosines.Average();
    }

    private static double? Of(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var (left, right) = (new double[one.Length], new double[one.Length]);
        TensorPrimitives.ConvertChecked(one, left);
        TensorPrimitives.ConvertChecked(other, right);
        var (length, otherLength) = (TensorPrimitives.Norm<double>(left), TensorPrimitives.Norm<double>(right));
        return length == 0 || otherLength == 0 ? null : TensorPrimitives.Dot<double>(left, right) / length / otherLength;
    }
}
