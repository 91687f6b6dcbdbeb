using System.Collections.Immutable;
using ProbePipeline.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// Which angle a position turns each pair of a head's coordinates by. Some schedules depend on how long the row is:
/// beyond the length of the original training they use another set of frequencies (longrope), so the choice is made for every row by itself
/// and a row has the same states in whatever batch it stands. Formulas: transformers 5.23, modeling_rope_utils.py.
/// </summary>
/// <param name="Frequencies">Radians a position, for each of the r / 2 pairs.</param>
/// <param name="LongFrequencies">Those for rows longer than <paramref name="OriginalLength"/>; null: always the same.</param>
/// <param name="OriginalLength">The longest row (padding not counted) that uses <paramref name="Frequencies"/>.</param>
/// <param name="Scale">What cosine and sine are multiplied by.</param>
public sealed record RotarySchedule(
    ImmutableArray<float> Frequencies, ImmutableArray<float>? LongFrequencies = null, int OriginalLength = int.MaxValue, double Scale = 1)
{
    /// <summary>theta to the power of -2i / r, every frequency divided by <paramref name="factor"/> (1: as Su et al. give them).</summary>
    /// <param name="theta">The base.</param>
    /// <param name="rotated">r: how many of a head's coordinates are turned.</param>
    /// <param name="factor">By how much positions are pressed together ("linear" scaling).</param>
    internal static RotarySchedule Standard(double theta, int rotated, double factor = 1)
    {
        using var scope = NewDisposeScope();
        var frequencies = Inverse(Wavelengths(theta, rotated));
        return new(Floats(factor == 1 ? frequencies : frequencies.DividedBy(factor)));
    }

    /// <summary>Llama 3's schedule: low frequencies are divided by <paramref name="factor"/>, high ones kept, those between blended. The published numbers are Llama 3.1's.</summary>
    /// <param name="theta">The base.</param>
    /// <param name="rotated">r: how many of a head's coordinates are turned.</param>
    /// <param name="factor">By how much low frequencies are divided (<c>factor</c>, published as 8).</param>
    /// <param name="lowFactor">
    /// A frequency is low where its wavelength is longer than <paramref name="originalLength"/> over this, in tokens (<c>low_freq_factor</c>, published as 1).
    /// </param>
    /// <param name="highFactor">It is high where its wavelength is shorter than <paramref name="originalLength"/> over this (<c>high_freq_factor</c>, published as 4).</param>
    /// <param name="originalLength">The longest row of the training before rows were made longer, in tokens (<c>original_max_position_embeddings</c>, published as 8192).</param>
    internal static RotarySchedule Llama3(double theta, int rotated, double factor, double lowFactor, double highFactor, int originalLength)
    {
        using var scope = NewDisposeScope();
        var frequencies = Inverse(Wavelengths(theta, rotated));
        var wavelength = Inverse(frequencies).Times(2 * Math.PI);
        using var lowest = (originalLength / lowFactor).ToScalar();
        using var highest = (originalLength / highFactor).ToScalar();
        var (isLow, isHigh) = (wavelength.gt(lowest), wavelength.lt(highest));
        var blend = Inverse(wavelength).Times(originalLength).Plus(-lowFactor).DividedBy(highFactor - lowFactor);
        var slowed = where(isLow, frequencies.DividedBy(factor), frequencies);
        var blended = (blend.neg().Plus(1) * slowed).DividedBy(factor).Plus(blend * slowed);
        return new(Floats(where(isLow | isHigh, slowed, blended)));
    }

    /// <summary>Longrope ("su" in Phi-3's own configurations): a factor for every frequency, another set beyond the original length (Ding et al., 2024).</summary>
    /// <param name="theta">The base.</param>
    /// <param name="rotated">r: how many of a head's coordinates are turned.</param>
    /// <param name="shortFactors">By how much each frequency is divided in rows up to <paramref name="originalLength"/>, r / 2 numbers (<c>short_factor</c>).</param>
    /// <param name="longFactors">The same in longer rows (<c>long_factor</c>).</param>
    /// <param name="originalLength">The longest row of the training before rows were made longer, in tokens (<c>original_max_position_embeddings</c>).</param>
    /// <param name="scale">
    /// What cosine and sine are multiplied by (<c>attention_factor</c>; where it is left out, sqrt(1 + ln s / ln L) for the original length L and a longest row of s L tokens).
    /// </param>
    internal static RotarySchedule LongRope(
        double theta, int rotated, IReadOnlyList<double> shortFactors, IReadOnlyList<double> longFactors, int originalLength, double scale)
    {
        using var scope = NewDisposeScope();
        var wavelengths = Wavelengths(theta, rotated);
        return new(Stretched(shortFactors), Stretched(longFactors), originalLength, scale);

        ImmutableArray<float> Stretched(IReadOnlyList<double> factors) => Floats(Inverse(tensor(factors.Select(factor => (float)factor).ToArray()) * wavelengths));
    }

    /// <summary>
    /// How many frequencies turn by each of a token's three positions, time, row and column (Qwen2-VL, "mrope"); null: a token has one position.
    /// </summary>
    public ImmutableArray<int>? Sections { get; init; }

    /// <summary>Whether a row of this length (padding not counted) uses the long frequencies.</summary>
    internal bool IsLong(int length) => LongFrequencies is not null && length > OriginalLength;

    /// <summary>Cosines and sines for the positions [first, length) of rows whose tokens have three positions each.</summary>
    /// <param name="rows">For every row and every position of it the three.</param>
    /// <param name="first">The first position.</param>
    /// <param name="type">Of what they are multiplied with.</param>
    /// <param name="device">Where that is.</param>
    internal RotaryEmbedding At(IReadOnlyList<(int Time, int Row, int Column)[]> rows, int first, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        int[] axes = [.. Sections!.Value.SelectMany((count, axis) => Enumerable.Repeat(axis, count))];
        var frequencies = tensor(Frequencies.AsSpan().ToArray()).unsqueeze(0);                                       // [1, r / 2]
        var angles = stack(rows.Select(row =>
        {
            var positions = row[first..].SelectMany(place => axes.Select(axis => (float)(axis == 0 ? place.Time : axis == 1 ? place.Row : place.Column))).ToArray();
            return tensor(positions).view(-1, axes.Length) * frequencies;                                            // [S, r / 2]
        })).unsqueeze(1);                                                                                            // [B, 1, S, r / 2]
        return RotaryEmbedding.OfAngles(angles, Scale, type, device);
    }

    /// <summary>Cosines and sines for the positions [first, length) of rows with the given left padding.</summary>
    internal RotaryEmbedding At(IReadOnlyList<int> paddings, int first, int length, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        // Rows alike need one table.
        var rows = paddings.Distinct().Count() == 1 ? paddings.Take(1) : paddings;
        var angles = stack(rows.Select(padding =>
        {
            var positions = tensor(Enumerable.Range(first, length - first).Select(position => (float)Math.Max(position - padding, 0)).ToArray());  // [S]
            var frequencies = tensor((IsLong(length - padding) ? LongFrequencies!.Value : Frequencies).AsSpan().ToArray());
            return positions.unsqueeze(1) * frequencies.unsqueeze(0);                                                // [S, r / 2]
        })).unsqueeze(1);                                                                                            // [B, 1, S, r / 2]
        return RotaryEmbedding.OfAngles(angles, Scale, type, device);
    }

    // The library's own power function: its float32 rounding is the reference's.
    private static Tensor Wavelengths(double theta, int rotated) =>
        pow(theta, tensor(Enumerable.Range(0, rotated / 2).Select(pair => 2F * pair).ToArray()).DividedBy(rotated));

    private static Tensor Inverse(Tensor x) => x.reciprocal();

    private static ImmutableArray<float> Floats(Tensor x) => [.. x.data<float>()];
}
