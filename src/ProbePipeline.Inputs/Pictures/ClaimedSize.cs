using System.Globalization;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Whether the size that a picture's header claims can be meant: a few bytes that claim a gigapixel are made to fill the memory. Deflate packs at most 1032 bytes into
/// one (zlib.net, "Maximum Compression Factor"), which bounds a PNG by its bits a pixel; a JPEG has a bit at least for every 64 pixels, and other formats are held to the same.
/// </summary>
internal static class ClaimedSize
{
    /// <summary>Pixels that a file of any length may claim.</summary>
    public const long FreePixels = 1 << 22;

    /// <summary>Bytes that one byte of a file may stand for, beyond that.</summary>
    private const long Packed = 1032;

    /// <summary>Bits a pixel that stand for formats without a fixed number of them: 516 pixels a byte.</summary>
    private const int OtherBits = 16;

    /// <summary>What is wrong with a size; null: nothing.</summary>
    /// <param name="size">As the header claims it.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <param name="bitsPerPixel">Bits that a pixel has before it is packed.</param>
    public static string? Problem(PictureSize size, long fileLength, int bitsPerPixel = OtherBits)
    {
        var pixels = (long)size.Height * size.Width;
        var most = Math.Max(FreePixels, 8 * Packed * fileLength / bitsPerPixel);
        return size.Height <= 0 || size.Width <= 0 ? $"its header claims {size} pixels; both sides must be positive"
            : pixels > Picture.MaximumPixels ? string.Create(CultureInfo.InvariantCulture, $"its header claims {size} pixels; more than {Picture.MaximumPixels} are refused. Scale the picture down")
            : pixels > most ? string.Create(
                CultureInfo.InvariantCulture, $"its header claims {size} pixels, expected at most {most} in a file of {fileLength} bytes. Fetch the picture again, or write it as PNG")
            : null;
    }
}
