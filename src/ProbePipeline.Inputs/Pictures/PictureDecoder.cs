using SkiaSharp;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Decodes JPEG, PNG, WebP, GIF and BMP to the bytes of Pillow's <c>Image.open(file).convert("RGB")</c>:
/// alpha is dropped, never blended; colour profiles and EXIF orientation are ignored; of an animation the first frame counts.
/// </summary>
/// <remarks>What cannot be decoded whole is an error. A picture with its lower half missing would silently become a measurement.</remarks>
public static class PictureDecoder
{
    /// <summary>Bytes that a file of a picture may have.</summary>
    internal const long LargestFile = 1 << 30;

    private static readonly SKEncodedImageFormat[] Formats =
        [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp, SKEncodedImageFormat.Gif, SKEncodedImageFormat.Bmp];

    /// <summary>Decodes a file.</summary>
    /// <exception cref="PictureException">The file is missing, unreadable, no picture, too large, truncated or corrupt.</exception>
    public static Picture Decode(string path)
    {
        byte[] bytes;
        try
        {
            bytes = BoundedFile.Read(path, LargestFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new PictureException($"{path}: the picture cannot be read ({failure.Message}). Check the path and its permissions.", failure);
        }

        return Decode(bytes, path);
    }

    /// <summary>Decodes the bytes of a picture file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">How messages name the picture.</param>
    /// <exception cref="PictureException">The bytes are no picture, too large, truncated or corrupt.</exception>
    public static Picture Decode(byte[] bytes, string name)
    {
        if (bytes.Length == 0)
        {
            throw new PictureException($"{name}: the file is empty. Fetch or export the picture again.");
        }

        if (PngHeader.IsSixteenBitGray(bytes))
        {
            throw new PictureException(
                $"{name}: a PNG of 16-bit gray. Reference processors clip such values at 255, which turns nearly every pixel white. Convert it to 8 bits.");
        }

        var (opaque, gifColour) = GifTransparency.Remove(bytes);
        using var stream = new SKMemoryStream(opaque);
        using var codec = SKCodec.Create(stream, out var opened);
        if (codec is null || !Formats.Contains(codec.EncodedFormat))
        {
            var found = codec is null ? $"no picture that can be opened ({opened})" : NameOf(codec);
            throw new PictureException($"{name}: expected JPEG, PNG, WebP, GIF or BMP, found {found}. Convert the picture or fetch it again.");
        }

        return Decode(codec, name, bytes, gifColour ?? PngHeader.TransparentColour(bytes));
    }

    /// <summary>Rows and columns of a picture, from its header alone.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">How messages name the picture.</param>
    /// <exception cref="PictureException">The bytes are no picture.</exception>
    internal static PictureSize SizeOf(byte[] bytes, string name)
    {
        using var stream = new SKMemoryStream(bytes);
        using var codec = SKCodec.Create(stream, out var opened);
        if (codec is null)
        {
            throw new PictureException($"{name}: expected JPEG, PNG, WebP, GIF or BMP, found no picture that can be opened ({opened}). Convert the picture or fetch it again.");
        }

        var size = new PictureSize(codec.Info.Height, codec.Info.Width);
        RequireMeant(size, bytes, name);
        return size;
    }

    private static Picture Decode(SKCodec codec, string name, byte[] file, Rgb? transparent)
    {
        var size = new PictureSize(codec.Info.Height, codec.Info.Width);
        RequireMeant(size, file, name);

        // No colour space on the target: any other choice would convert pictures that carry a profile, which Pillow does not.
        var target = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorspace: null);
        var result = codec.GetPixels(target, out var rgba);
        if (result != SKCodecResult.Success)
        {
            var found = result == SKCodecResult.IncompleteInput ? "ends before its last pixel" : "is damaged";
            throw new PictureException($"{name}: the {NameOf(codec)} of {size} pixels {found} ({result}). Fetch or export the picture again.");
        }

        var rgb = Picture.Allocate(size);
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
        {
            (rgb[to], rgb[to + 1], rgb[to + 2]) = (rgba[from], rgba[from + 1], rgba[from + 2]);
        }

        return new Picture(size, rgb) { TransparentColour = transparent };
    }

    private static void RequireMeant(PictureSize size, byte[] file, string name)
    {
        var problem = PngHeader.BitsPerPixel(file) is { } bits ? ClaimedSize.Problem(size, file.Length, bits) : ClaimedSize.Problem(size, file.Length);
        if (problem is not null)
        {
            throw new PictureException($"{name}: {problem}.");
        }
    }

    private static string NameOf(SKCodec codec) => codec.EncodedFormat.ToString().ToUpperInvariant();
}
