using System.Numerics;
using System.Runtime.InteropServices;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Resizes as Pillow does on 8-bit RGB, to the byte: weights in fixed point, widened by the scale where the picture shrinks,
/// a pass over rows, rounding to bytes, a pass over columns; a pass whose size stays is skipped (src/libImaging/Resample.c, Pillow 12.3.0).
/// Pillow 13.0.0 takes the columns first where the height shrinks much more than the width (its pull request 9549), and so does this.
/// </summary>
/// <remarks>
/// Reference processors resize this way; antialiased float resampling differs from it by up to 9 of 255.
/// Earlier releases of Pillow, with rows first, differ by one level where columns go first here.
/// </remarks>
public static class PillowResampler
{
    // A byte times the weights' sum needs 8 bits, the sign and the overshoot of negative lobes two more.
    private const int FractionBits = 32 - 8 - 2;
    private const int Half = 1 << (FractionBits - 1);

    /// <summary>The picture at another size.</summary>
    /// <exception cref="PictureException">The result would be larger than <see cref="Picture.MaximumPixels"/>.</exception>
    /// <exception cref="ArgumentException">A side is not positive, or the filter is none of <see cref="ResamplingFilter"/>.</exception>
    public static Picture Resize(Picture picture, PictureSize size, ResamplingFilter filter)
    {
        if (size.Height < 1 || size.Width < 1)
        {
            throw new ArgumentException($"A picture cannot be resized to {size} pixels: both sides must be positive.", nameof(size));
        }

        Picture.RequireSize(size);
        return ColumnsFirst(picture.Size, size)
            ? Rows(Columns(picture))
            : Columns(Rows(picture));

        Picture Rows(Picture source) => size.Width == source.Width ? source : ResizeRows(source, Weights(source.Width, size.Width, filter));
        Picture Columns(Picture source) => size.Height == source.Height ? source : ResizeColumns(source, Weights(source.Height, size.Height, filter));
    }

    /// <summary>
    /// Whether the height shrinks by more than twice as many pixels as the width does: the one rule that all goldens of Pillow 13.0.0 obey.
    /// The order of the passes shows in the rounding between them.
    /// </summary>
    private static bool ColumnsFirst(PictureSize from, PictureSize to) => from.Height - to.Height > 2 * Math.Max(from.Width - to.Width, 0);

    private static Picture ResizeRows(Picture picture, List<(int First, int[] Values)> weights)
    {
        var size = new PictureSize(picture.Height, weights.Count);
        var resized = Picture.Allocate(size);
        var to = 0;
        for (var row = 0; row < picture.Height; row++)
        {
            var source = picture.Row(row);
            foreach (var (first, values) in weights)
            {
                int red = Half, green = Half, blue = Half;
                var pixels = source.Slice(3 * first, 3 * values.Length);
                for (var tap = 0; tap < values.Length; tap++)
                {
                    var weight = values[tap];
                    red += weight * pixels[3 * tap];
                    green += weight * pixels[(3 * tap) + 1];
                    blue += weight * pixels[(3 * tap) + 2];
                }

                resized[to] = ToByte(red);
                resized[to + 1] = ToByte(green);
                resized[to + 2] = ToByte(blue);
                to += 3;
            }
        }

        return new Picture(size, resized);
    }

    private static Picture ResizeColumns(Picture picture, List<(int First, int[] Values)> weights)
    {
        var size = new PictureSize(weights.Count, picture.Width);
        var resized = Picture.Allocate(size);
        var rowLength = 3 * size.Width;
        var sums = new int[rowLength];
        for (var row = 0; row < weights.Count; row++)
        {
            var (first, values) = weights[row];
            sums.AsSpan().Fill(Half);
            for (var tap = 0; tap < values.Length; tap++)
            {
                AddWeighted(sums, picture.Row(first + tap), values[tap]);
            }

            var target = resized.AsSpan(row * rowLength, rowLength);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = ToByte(sums[i]);
            }
        }

        return new Picture(size, resized);
    }

    private static void AddWeighted(Span<int> sums, ReadOnlySpan<byte> source, int weight)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var lanes = Vector<int>.Count;
            var weights = new Vector<int>(weight);
            var blocks = MemoryMarshal.Cast<int, Vector<int>>(sums);
            for (; i + Vector<byte>.Count <= source.Length; i += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(source[i..]), out var low, out var high);
                Vector.Widen(low, out var first, out var second);
                Vector.Widen(high, out var third, out var fourth);
                var block = i / lanes;
                blocks[block] += Vector.AsVectorInt32(first) * weights;
                blocks[block + 1] += Vector.AsVectorInt32(second) * weights;
                blocks[block + 2] += Vector.AsVectorInt32(third) * weights;
                blocks[block + 3] += Vector.AsVectorInt32(fourth) * weights;
            }
        }

        for (; i < source.Length; i++)
        {
            sums[i] += weight * source[i];
        }
    }

    private static byte ToByte(int sum) => (byte)Math.Clamp(sum >> FractionBits, 0, 255);

    /// <summary>For every pixel of the result: the first pixel of the source that counts, and the weights from there on.</summary>
    private static List<(int First, int[] Values)> Weights(int from, int to, ResamplingFilter filter)
    {
        var scale = (double)from / to;
        var stretch = Math.Max(scale, 1.0);
        var reach = Support(filter) * stretch;
        var weights = new List<(int, int[])>(to);
        for (var pixel = 0; pixel < to; pixel++)
        {
            var center = (pixel + 0.5) * scale;
            var first = Math.Max((int)(center - reach + 0.5), 0);
            var real = new double[Math.Min((int)(center + reach + 0.5), from) - first];
            var sum = 0.0;
            for (var tap = 0; tap < real.Length; tap++)
            {
                // A product with the reciprocal, not a quotient: Pillow rounds this way.
                real[tap] = Weight(filter, (tap + first - center + 0.5) * (1.0 / stretch));
                sum += real[tap];
            }

            weights.Add((first, Array.ConvertAll(real, weight => ToFixedPoint(sum == 0 ? weight : weight / sum))));
        }

        return weights;
    }

    private static int ToFixedPoint(double weight) => (int)((weight < 0 ? -0.5 : 0.5) + (weight * (1 << FractionBits)));

    private static double Support(ResamplingFilter filter) => filter switch
    {
        ResamplingFilter.Bilinear => 1,
        ResamplingFilter.Bicubic => 2,
        ResamplingFilter.Lanczos => 3,
        _ => throw new ArgumentException($"The filter {filter} is not supported; use {string.Join(", ", Enum.GetNames<ResamplingFilter>())}.", nameof(filter)),
    };

    private static double Weight(ResamplingFilter filter, double x)
    {
        var distance = Math.Abs(x);
        return filter switch
        {
            ResamplingFilter.Bilinear => distance < 1 ? 1 - distance : 0,
            ResamplingFilter.Bicubic when distance < 1 => (((1.5 * distance) - 2.5) * distance * distance) + 1,
            ResamplingFilter.Bicubic when distance < 2 => ((((((distance - 5) * distance) + 8) * distance) - 4) * -0.5),
            ResamplingFilter.Lanczos when x is >= -3 and < 3 => Sinc(x) * Sinc(x / 3),
            _ => 0,
        };
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
