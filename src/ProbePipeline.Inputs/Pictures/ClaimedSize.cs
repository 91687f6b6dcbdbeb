using System.Globalization;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Whether the size that a picture's header claims can be meant: a few bytes that claim a gigapixel are made to fill the memory. Deflate packs at most 1032 bytes into
/// one (zlib.net, "Maximum Compression Factor"), so a PNG of one bit a pixel holds at most 8256 pixels a byte; no other format is given more.
/// </summary>
internal static class ClaimedSize
{
    /// <summary>Pixels that a file of any length may claim.</summary>
    public const long FreePixels = 1 << 22;

    /// <summary>Pixels a byte of the file beyond that.</summary>
    public const long PixelsPerByte = 8 * 1032;

    /// <summary>What is wrong with a size; null: nothing.</summary>
    /// <param name="size">As the header claims it.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    public static string? Problem(PictureSize size, long fileLength)
    {
        var pixels = (long)size.Height * size.Width;
        return size.Height <= 0 || size.Width <= 0 ? $"its header claims {size} pixels; both sides must be positive"
            : pixels > Picture.MaximumPixels ? string.Create(CultureInfo.InvariantCulture, $"its header claims {size} pixels; more than {Picture.MaximumPixels} are refused. Scale the picture down")
            : pixels > Math.Max(FreePixels, PixelsPerByte * fileLength) ? string.Create(
                CultureInfo.InvariantCulture, $"its header claims {size} pixels, expected at most {Math.Max(FreePixels, PixelsPerByte * fileLength)} in a file of {fileLength} bytes. Fetch the picture again, or write it as PNG")
            : null;
    }
}
