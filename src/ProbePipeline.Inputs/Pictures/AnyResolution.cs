using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>How LLaVA-NeXT fits a picture into one of several resolutions, each a grid of whole tiles (transformers 5.23, image_processing_utils.py).</summary>
internal static class AnyResolution
{
    /// <summary>
    /// The resolution that shows most of the picture's own pixels and, of several such, wastes least; the first of equals
    /// (select_best_resolution).
    /// </summary>
    public static PictureSize SelectBest(PictureSize picture, ImmutableArray<PictureSize> resolutions)
    {
        var (best, mostShown, leastWasted) = (default(PictureSize), 0L, long.MaxValue);
        foreach (var resolution in resolutions)
        {
            var scale = Math.Min((double)resolution.Width / picture.Width, (double)resolution.Height / picture.Height);
            var scaled = (long)(picture.Width * scale) * (long)(picture.Height * scale);
            var shown = Math.Min(scaled, (long)picture.Width * picture.Height);
            var wasted = ((long)resolution.Height * resolution.Width) - shown;
            if (shown > mostShown || (shown == mostShown && wasted < leastWasted))
            {
                (best, mostShown, leastWasted) = (resolution, shown, wasted);
            }
        }

        return best;
    }

    /// <summary>The picture's size once it fills a resolution along one axis with its aspect ratio kept, rounded up (get_patch_output_size).</summary>
    public static PictureSize Fit(PictureSize picture, PictureSize resolution)
    {
        var (byWidth, byHeight) = ((double)resolution.Width / picture.Width, (double)resolution.Height / picture.Height);
        return byWidth < byHeight
            ? new PictureSize(Math.Min((int)Math.Ceiling(picture.Height * byWidth), resolution.Height), resolution.Width)
            : new PictureSize(resolution.Height, Math.Min((int)Math.Ceiling(picture.Width * byHeight), resolution.Width));
    }
}
