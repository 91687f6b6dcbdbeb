namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// torch.nn.functional.interpolate(mode="bicubic", align_corners=False), PyTorch 2.10: cubic with a = -0.75 between the four nearest pixels,
/// those past an edge repeated, and no antialiasing when it shrinks.
/// </summary>
internal static class FloatBicubic
{
    private const float A = -0.75f;

    /// <summary>float32 [3, height, width] at another size.</summary>
    public static void Resize(ReadOnlySpan<float> planes, PictureSize from, PictureSize to, Span<float> resized)
    {
        var rows = Taps(from.Height, to.Height);
        var columns = Taps(from.Width, to.Width);
        var position = 0;
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = planes.Slice(channel * from.Height * from.Width, from.Height * from.Width);
            foreach (var row in rows)
            {
                foreach (var column in columns)
                {
                    var sum = 0f;
                    for (var tap = 0; tap < 4; tap++)
                    {
                        var line = plane.Slice(row.Pixels[tap] * from.Width, from.Width);
                        sum += row.Weights[tap] * ((line[column.Pixels[0]] * column.Weights[0]) + (line[column.Pixels[1]] * column.Weights[1])
                            + (line[column.Pixels[2]] * column.Weights[2]) + (line[column.Pixels[3]] * column.Weights[3]));
                    }

                    resized[position++] = sum;
                }
            }
        }
    }

    private static (int[] Pixels, float[] Weights)[] Taps(int from, int to)
    {
        var scale = (float)from / to;
        var taps = new (int[], float[])[to];
        for (var pixel = 0; pixel < to; pixel++)
        {
            var center = (scale * (pixel + 0.5f)) - 0.5f;
            var before = (int)MathF.Floor(center);
            var past = center - before;
            int[] pixels = [.. Enumerable.Range(before - 1, 4).Select(index => Math.Clamp(index, 0, from - 1))];
            taps[pixel] = (pixels, [Far(past + 1), Near(past), Near(1 - past), Far(2 - past)]);
        }

        return taps;
    }

    private static float Near(float x) => ((((A + 2) * x) - (A + 3)) * x * x) + 1;

    private static float Far(float x) => ((((A * x) - (5 * A)) * x) + (8 * A)) * x - (4 * A);
}
