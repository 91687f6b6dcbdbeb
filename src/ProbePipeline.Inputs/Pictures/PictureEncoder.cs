using SkiaSharp;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>Pictures and masks as the bytes of PNG files, without loss; equal pixels give equal bytes.</summary>
public static class PictureEncoder
{
    private static readonly SKPngEncoderOptions Options = new(SKPngEncoderFilterFlags.AllFilters, 6);

    /// <summary>8-bit RGB. The file names no transparent colour, so it is painted white, as every processor would paint it.</summary>
    public static byte[] EncodePng(Picture picture)
    {
        var rgb = picture.OnWhite().Pixels;
        var rgba = new byte[rgb.Length / 3 * 4];
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
        {
            (rgba[to], rgba[to + 1], rgba[to + 2], rgba[to + 3]) = (rgb[from], rgb[from + 1], rgb[from + 2], byte.MaxValue);
        }

        return Encode(rgba, new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
    }

    /// <summary>8-bit gray: one number a pixel.</summary>
    public static byte[] EncodePng(PictureSize size, byte[] numbers) =>
        Encode(numbers, new SKImageInfo(size.Width, size.Height, SKColorType.Gray8, SKAlphaType.Opaque));

    private static byte[] Encode(byte[] pixels, SKImageInfo info)
    {
        using var image = SKImage.FromPixelCopy(info, pixels);
        using var pixmap = image.PeekPixels();
        using var data = pixmap.Encode(Options) ?? throw new InvalidOperationException($"A PNG of {info.Height} x {info.Width} pixels cannot be encoded.");
        return data.ToArray();
    }
}
