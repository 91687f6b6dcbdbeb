using System.Collections.Immutable;
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

    /// <summary>PNG from PNG.</summary>
    /// <param name="png">The picture.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pale">Whether in pale gray rather than in its colours.</param>
    public static byte[] Of(ImmutableArray<byte> png, int width, int height, bool pale)
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
