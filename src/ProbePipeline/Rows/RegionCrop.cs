using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Rows;

/// <summary>A region cut out of its picture with what lies around it.</summary>
internal static class RegionCrop
{
    /// <summary>A square around the region's bounds, moved into the picture where it reaches out, and cut where the picture is smaller.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="region">The region.</param>
    /// <param name="margin">How far beyond the bounds, as a share of their longer side.</param>
    public static Picture Of(Picture picture, RegionMask region, double margin)
    {
        var bounds = region.Bounds;
        var side = (int)Math.Ceiling(Math.Max(bounds.Bottom - bounds.Top, bounds.Right - bounds.Left) * (1 + (2 * margin)));
        var (top, height) = Along((bounds.Top + bounds.Bottom) / 2, side, picture.Height);
        var (left, width) = Along((bounds.Left + bounds.Right) / 2, side, picture.Width);
        var pixels = new byte[3 * height * width];
        for (var row = 0; row < height; row++)
        {
            picture.Row(top + row).Slice(3 * left, 3 * width).CopyTo(pixels.AsSpan(3 * width * row));
        }

        return new Picture(new PictureSize(height, width), pixels);
    }

    private static (int Start, int Length) Along(double middle, int side, int picture)
    {
        var length = Math.Min(side, picture);
        return (Math.Clamp((int)Math.Round(middle - (length / 2.0)), 0, picture - length), length);
    }
}
