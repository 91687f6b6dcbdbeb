using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>How the bytes of a picture become the numbers that a vision tower reads: (byte x factor - mean) / deviation, a channel at a time.</summary>
/// <param name="Factor">What a byte is multiplied by; 1 leaves it.</param>
/// <param name="Mean">Red, green and blue means, on the scale of the product.</param>
/// <param name="Deviation">Red, green and blue standard deviations, on the scale of the product.</param>
/// <remarks>Computed as transformers 5.23 does with PIL pictures: the product in double, what follows in float.</remarks>
internal sealed record PixelNormalization(double Factor, ImmutableArray<double> Mean, ImmutableArray<double> Deviation)
{
    /// <summary>CLIP's means and deviations, for pictures scaled to [0, 1].</summary>
    public static PixelNormalization Clip { get; } =
        new(1 / 255.0, [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]);

    /// <summary>From [0, 255] to [-1, 1].</summary>
    public static PixelNormalization Symmetric { get; } = new(1 / 255.0, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);

    /// <summary>Writes a picture as float32 [3, height, width].</summary>
    public void Write(Picture picture, Span<float> planes)
    {
        var size = picture.Width * picture.Height;
        Span<float> values = stackalloc float[256];
        for (var channel = 0; channel < 3; channel++)
        {
            var (mean, deviation) = ((float)Mean[channel], (float)Deviation[channel]);
            for (var value = 0; value < values.Length; value++)
            {
                values[value] = ((float)(value * Factor) - mean) / deviation;
            }

            var plane = planes.Slice(channel * size, size);
            var pixels = picture.Pixels;
            for (var pixel = 0; pixel < size; pixel++)
            {
                plane[pixel] = values[pixels[(3 * pixel) + channel]];
            }
        }
    }
}
