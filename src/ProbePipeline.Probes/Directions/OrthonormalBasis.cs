using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace ProbePipeline.Probes.Directions;

/// <summary>Vectors of length 1 at right angles to each other.</summary>
internal static class OrthonormalBasis
{
    /// <summary>
    /// A basis of what vectors span, beside what is spanned already (Gram and Schmidt, the longest remainder first; each twice, since rounding leaves a part after once).
    /// </summary>
    /// <param name="vectors">The vectors; they are used up.</param>
    /// <param name="given">Vectors of length 1 at right angles to each other, that the basis is to be at right angles to.</param>
    /// <param name="smallest">The length of a remainder from which on it counts.</param>
    public static ImmutableArray<double[]> Of(IEnumerable<double[]> vectors, IEnumerable<double[]> given, double smallest)
    {
        List<double[]> rest = [.. vectors];
        double[][] fixedOnes = [.. given];
        var basis = ImmutableArray.CreateBuilder<double[]>();
        rest.ForEach(vector => TakeAway(vector, fixedOnes));
        while (rest.MaxBy(vector => TensorPrimitives.Norm<double>(vector)) is { } longest)
        {
            TakeAway(longest, [.. fixedOnes, .. basis]);
            var length = TensorPrimitives.Norm<double>(longest);
            if (length <= smallest)
            {
                break;
            }

            rest.Remove(longest);
            TensorPrimitives.Divide(longest, length, longest);
            basis.Add(longest);
            rest.ForEach(vector => TakeAway(vector, [longest]));
        }

        return basis.ToImmutable();
    }

    private static void TakeAway(double[] vector, ReadOnlySpan<double[]> directions)
    {
        foreach (var direction in directions)
        {
            TensorPrimitives.MultiplyAdd(direction, -TensorPrimitives.Dot<double>(direction, vector), vector, vector);
        }
    }
}
