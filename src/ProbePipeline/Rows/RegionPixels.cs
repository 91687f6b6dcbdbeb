using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Rows;

/// <summary>
/// What somebody sees of a region without any network: its pixels, everything else black, cut to its bounds and resized. A probe on them tells what
/// shape and colour alone allow.
/// </summary>
internal static class RegionPixels
{
    private const int Side = 8;

    /// <summary>Numbers a row: a square of RGB.</summary>
    public const int Width = Side * Side * 3;

    /// <summary>[Side, Side, 3] as numbers from 0 to 1.</summary>
    public static float[] Of(Picture picture, RegionMask region)
    {
        var bounds = region.Bounds;
        var (top, left) = ((int)bounds.Top, (int)bounds.Left);
        var size = new PictureSize((int)bounds.Bottom - top, (int)bounds.Right - left);
        var pixels = new byte[size.Height * size.Width * 3];
        for (var row = 0; row < size.Height; row++)
        {
            var source = picture.Row(top + row);
            for (var column = 0; column < size.Width; column++)
            {
                if (region[top + row, left + column])
                {
                    source.Slice(3 * (left + column), 3).CopyTo(pixels.AsSpan(3 * ((row * size.Width) + column)));
                }
            }
        }

        var resized = PillowResampler.Resize(new Picture(size, pixels), new PictureSize(Side, Side), ResamplingFilter.Bilinear);
        return [.. resized.Pixels.ToArray().Select(value => value / 255f)];
    }
}
