using SkiaSharp;

namespace ProbePipeline.Reports.Tests;

/// <summary>Dark pixels of a picture.</summary>
internal static class Ink
{
    public static int Count(SKBitmap bitmap, SKRectI area)
    {
        var inked = 0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
            {
                inked += bitmap.GetPixel(x, y).Red < 128 ? 1 : 0;
            }
        }

        return inked;
    }
}
