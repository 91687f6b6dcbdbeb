using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;

namespace ProbePipeline.Extraction;

/// <summary>Means as a JSON file; their numbers are float32, little-endian, in base 64.</summary>
/// <param name="FittedOn">SHA-256 of what they are the means of: model, rows, first condition, tokens, layers.</param>
/// <param name="Rows">How many rows these were.</param>
/// <param name="Inputs">By layer the mean attention input, [D].</param>
internal sealed record StoredMeans(string FittedOn, int Rows, SortedDictionary<int, byte[]> Inputs)
{
    /// <summary>The means as the network takes them.</summary>
    public KeyMeans Means { get; } = new(Inputs.ToImmutableSortedDictionary(layer => layer.Key, layer => FittedFile.Numbers(layer.Value)));

    /// <param name="fittedOn">See <see cref="FittedOn"/>.</param>
    /// <param name="rows">See <see cref="Rows"/>.</param>
    /// <param name="sums">By layer the sum over these rows, [D].</param>
    public static StoredMeans Of(string fittedOn, int rows, IEnumerable<(int Layer, double[] Sum)> sums) => new(
        fittedOn, rows, new(sums.ToDictionary(sum => sum.Layer, sum => FittedFile.Bytes([.. sum.Sum.Select(number => (float)(number / rows))]))));
}
