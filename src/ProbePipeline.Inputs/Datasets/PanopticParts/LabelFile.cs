using System.Globalization;
using BitMiracle.LibTiff.Classic;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Datasets.PanopticParts;

/// <summary>
/// Reads label pictures: TIFF of one channel with 8, 16 or 32 bits, plain or packed; or PNG whose red, green and blue are the lowest, middle and highest byte of the number
/// (gray: the number itself).
/// </summary>
internal static class LabelFile
{
    /// <exception cref="DatasetException">The file cannot be read, or is no such picture.</exception>
    public static LabelGrid Read(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".TIF" or ".TIFF" ? ReadTiff(path) : ReadPng(path);

    private static LabelGrid ReadPng(string path)
    {
        try
        {
            var picture = PictureDecoder.Decode(path);
            var values = new int[picture.Height * picture.Width];
            for (var pixel = 0; pixel < values.Length; pixel++)
            {
                var colour = picture.Pixels.Slice(3 * pixel, 3);
                values[pixel] = colour[0] == colour[1] && colour[1] == colour[2] ? colour[0] : colour[0] | (colour[1] << 8) | (colour[2] << 16);
            }

            return new LabelGrid(picture.Size, values);
        }
        catch (PictureException error)
        {
            throw new DatasetException($"{path}: expected a label picture; {error.Message}", error);
        }
    }

    private static LabelGrid ReadTiff(string path)
    {
        using var quiet = new QuietErrors();
        try
        {
            return ReadTiff(path, BoundedFile.Read(path, PictureDecoder.LargestFile), quiet);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DatasetException($"{path}: the labels cannot be read ({error.Message}). Check the path and its permissions.", error);
        }
        // The library trusts what a file says of itself.
        catch (Exception error) when (error is not (DatasetException or OutOfMemoryException))
        {
            throw new DatasetException($"{path}: the TIFF is damaged ({error.Message}). Fetch it again.", error);
        }
    }

    private static LabelGrid ReadTiff(string path, byte[] file, QuietErrors quiet)
    {
        if (TiffDirectory.Problem(file) is { } problem)
        {
            throw new DatasetException($"{path}: {problem}. Fetch it again.");
        }

        using var stream = new MemoryStream(file);
        using var tiff = Tiff.ClientOpen(path, "r", stream, new TiffStream())
            ?? throw new DatasetException($"{path}: expected a TIFF, found a file that is none ({quiet.Message}). Fetch it again.");
        var (height, width) = (Field(tiff, TiffTag.IMAGELENGTH, 0), Field(tiff, TiffTag.IMAGEWIDTH, 0));
        var (bits, samples) = (Field(tiff, TiffTag.BITSPERSAMPLE, 1), Field(tiff, TiffTag.SAMPLESPERPIXEL, 1));
        var size = new PictureSize(height, width);
        if (height <= 0 || width <= 0 || (long)height * width > Picture.MaximumPixels || samples != 1 || bits is not (8 or 16 or 32) || tiff.IsTiled())
        {
            throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: expected a TIFF of strips with one channel of 8, 16 or 32 bits and at most {Picture.MaximumPixels} pixels; found {size} pixels, {samples} channels of {bits} bits{(tiff.IsTiled() ? ", tiles" : "")}"));
        }

        var values = new int[height * width];
        var line = new byte[Math.Max(tiff.ScanlineSize(), width * bits / 8)];
        for (var row = 0; row < height; row++)
        {
            if (!tiff.ReadScanline(line, row))
            {
                throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{path}: the TIFF of {size} pixels is damaged at row {row} ({quiet.Message}). Fetch it again."));
            }

            for (var column = 0; column < width; column++)
            {
                // The library gives samples in the machine's order.
                values[(row * width) + column] = bits switch
                {
                    8 => line[column],
                    16 => BitConverter.ToUInt16(line, 2 * column),
                    _ => BitConverter.ToInt32(line, 4 * column),
                };
            }
        }

        return new LabelGrid(size, values);
    }

    private static int Field(Tiff tiff, TiffTag tag, int otherwise) => tiff.GetField(tag) is [var value, ..] ? value.ToInt() : otherwise;

    /// <summary>The library writes to standard error by itself; what it says is kept for our own message.</summary>
    private sealed class QuietErrors : TiffErrorHandler, IDisposable
    {
        private readonly TiffErrorHandler _before;

        public QuietErrors() => _before = Tiff.SetErrorHandler(this);

        public string Message { get; private set; } = "no reason given";

        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args) => Message = string.Format(CultureInfo.InvariantCulture, format.Replace("%", "", StringComparison.Ordinal), args);

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public void Dispose() => Tiff.SetErrorHandler(_before);
    }
}
