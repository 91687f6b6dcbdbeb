using System.Collections.Immutable;
using ProbePipeline.Reports.Charts;
using ScottPlot;
using SkiaSharp;

namespace ProbePipeline.Reports.Maps;

/// <summary>A picture as a map needs it: in just as many pixels as it takes there, enlarged without inventing any.</summary>
internal static class MapGround
{
    // Rec. 709 luminance, halved, on white: a ground for colours that mean something.
    private static readonly float[] PaleGray =
    [
        0.106f, 0.358f, 0.036f, 0, 0.5f,
        0.106f, 0.358f, 0.036f, 0, 0.5f,
        0.106f, 0.358f, 0.036f, 0, 0.5f,
        0, 0, 0, 1, 0,
    ];

    /// <summary>Pixels of a picture.</summary>
    public static (int Width, int Height) SizeOf(ImmutableArray<byte> png)
    {
        using var data = SKData.CreateCopy(png.AsSpan());
        using var codec = SKCodec.Create(data) ?? throw new ArgumentException("The picture of a map is no PNG.", nameof(png));
        return (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>Units of a sheet a pixel, where the picture's longer side takes that many.</summary>
    public static double Scale(ImmutableArray<byte> png, int side)
    {
        var (width, height) = SizeOf(png);
        return (double)side / Math.Max(width, height);
    }

    /// <summary>The picture's size on a sheet: whole units, so that the pictures' pixels are the sheet's.</summary>
    public static (int Width, int Height) Fitted(ImmutableArray<byte> png, int side)
    {
        var ((width, height), scale) = (SizeOf(png), Scale(png, side));
        return ((int)Math.Ceiling(width * scale), (int)Math.Ceiling(height * scale));
    }

    /// <summary>Draws the picture on a sheet.</summary>
    /// <param name="plot">The sheet.</param>
    /// <param name="png">The picture.</param>
    /// <param name="area">Where, in units from the sheet's left and upper edge.</param>
    /// <param name="pale">Whether in pale gray rather than in its colours.</param>
    public static void Draw(Plot plot, ImmutableArray<byte> png, (int Left, int Top, int Width, int Height) area, bool pale) => plot.Add.ImageRect(
        new Image(Resized(png, area.Width * Figure.PixelsPerUnit, area.Height * Figure.PixelsPerUnit, pale)),
        new CoordinateRect(area.Left, area.Left + area.Width, -area.Top - area.Height, -area.Top));

    private static byte[] Resized(ImmutableArray<byte> png, int width, int height, bool pale)
    {
        using var picture = SKImage.FromEncodedData(png.AsSpan());
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var filter = pale ? SKColorFilter.CreateColorMatrix(PaleGray) : null;
        using var paint = new SKPaint { ColorFilter = filter };
        var sampling = width >= picture.Width ? new SKSamplingOptions(SKFilterMode.Nearest) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        surface.Canvas.DrawImage(picture, SKRect.Create(width, height), sampling, paint);
        using var image = surface.Snapshot();
        using var drawn = image.Encode(SKEncodedImageFormat.Png, 100);
        return drawn.ToArray();
    }
}
