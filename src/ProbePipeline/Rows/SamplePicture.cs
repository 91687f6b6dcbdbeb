using System.Collections.Immutable;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Rows;

/// <summary>A picture for the report with its region outlined.</summary>
internal static class SamplePicture
{
    /// <summary>Magenta: seen on light and dark, and by the colour-blind.</summary>
    private static readonly byte[] Outline = [255, 0, 255];

    /// <summary>PNG, of the picture's own size.</summary>
    public static ImmutableArray<byte> Png(Picture picture, RegionMask region)
    {
        var pixels = picture.Pixels.ToArray();
        for (var row = 0; row < picture.Height; row++)
        {
            for (var column = 0; column < picture.Width; column++)
            {
                if (IsEdge(region, row, column))
                {
                    Outline.CopyTo(pixels, 3 * ((row * picture.Width) + column));
                }
            }
        }

        return [.. PictureEncoder.EncodePng(new Picture(picture.Size, pixels))];
    }

    // A pixel outside that touches the region.
    private static bool IsEdge(RegionMask region, int row, int column) =>
        !region[row, column] && (Holds(region, row - 1, column) || Holds(region, row + 1, column) || Holds(region, row, column - 1) || Holds(region, row, column + 1));

    private static bool Holds(RegionMask region, int row, int column) =>
        row >= 0 && row < region.Size.Height && column >= 0 && column < region.Size.Width && region[row, column];
}
