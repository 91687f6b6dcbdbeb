namespace ProbePipeline.Inputs.Pictures;

/// <summary>An immutable 8-bit RGB picture: bytes row by row from the top, three (red, green, blue) a pixel.</summary>
public sealed class Picture
{
    /// <summary>The most pixels a picture may have. Pillow refuses to open larger ones (twice Image.MAX_IMAGE_PIXELS, Pillow 12).</summary>
    public const long MaximumPixels = 2L * (1024 * 1024 * 1024 / 4 / 3);

    private readonly byte[] _pixels;

    /// <param name="size">Rows and columns.</param>
    /// <param name="pixels">Height x width x 3 bytes, row-major; they are copied.</param>
    /// <exception cref="ArgumentException">A side is not positive, or the number of bytes is not height x width x 3.</exception>
    public Picture(PictureSize size, ReadOnlySpan<byte> pixels)
        : this(size, pixels.ToArray())
    {
    }

    /// <summary>Takes the array over without a copy: only for arrays that nobody else holds.</summary>
    internal Picture(PictureSize size, byte[] pixels)
    {
        var expected = 3L * size.Height * size.Width;
        if (size.Height < 1 || size.Width < 1 || pixels.Length != expected)
        {
            throw new ArgumentException(
                $"A picture of {size} pixels needs positive sides and {expected} bytes, found {pixels.Length} bytes.", nameof(pixels));
        }

        Size = size;
        _pixels = pixels;
    }

    /// <summary>Rows and columns.</summary>
    public PictureSize Size { get; }

    /// <summary>Rows.</summary>
    public int Height => Size.Height;

    /// <summary>Pixels in a row.</summary>
    public int Width => Size.Width;

    /// <summary>The one colour that the picture's file names as transparent. The bytes keep it; processors paint it white.</summary>
    public Rgb? TransparentColour { get; init; }

    /// <summary>Height x width x 3 bytes, row-major.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>The width x 3 bytes of one row.</summary>
    public ReadOnlySpan<byte> Row(int row) => _pixels.AsSpan(3 * Width * row, 3 * Width);

    /// <summary>Room for the bytes of a picture.</summary>
    /// <exception cref="PictureException">It would be larger than any picture may be.</exception>
    internal static byte[] Allocate(PictureSize size)
    {
        RequireSize(size);
        return new byte[3 * size.Height * size.Width];
    }

    /// <exception cref="PictureException">It is larger than any picture may be.</exception>
    internal static void RequireSize(PictureSize size)
    {
        if ((long)size.Height * size.Width > MaximumPixels)
        {
            throw new PictureException(
                $"A picture of {size} pixels is needed here; more than {MaximumPixels} pixels are refused. Cut the original so that its sides differ less.");
        }
    }

    /// <summary>The picture with white in place of its transparent colour.</summary>
    internal Picture OnWhite()
    {
        if (TransparentColour is not { } transparent)
        {
            return this;
        }

        byte[] painted = [.. _pixels];
        for (var pixel = 0; pixel < painted.Length; pixel += 3)
        {
            if (new Rgb(painted[pixel], painted[pixel + 1], painted[pixel + 2]) == transparent)
            {
                painted.AsSpan(pixel, 3).Fill(255);
            }
        }

        return new Picture(Size, painted);
    }

    /// <summary>Rows become columns: the pixel at (row, column) moves to (column, row).</summary>
    internal Picture Transpose()
    {
        var transposed = new byte[_pixels.Length];
        for (var row = 0; row < Height; row++)
        {
            var source = Row(row);
            for (var column = 0; column < Width; column++)
            {
                source.Slice(3 * column, 3).CopyTo(transposed.AsSpan(3 * ((column * Height) + row)));
            }
        }

        return new Picture(Size.Transposed, transposed);
    }

    /// <summary>
    /// A picture of another size, in one colour, with this one laid on it: its upper left pixel at (top, left), which may be negative;
    /// what reaches out is cut off.
    /// </summary>
    internal Picture PlaceOn(PictureSize size, int top, int left, Rgb background)
    {
        if (size == Size && top == 0 && left == 0)
        {
            return this;
        }

        var placed = Allocate(size);
        if (background != Rgb.Black)
        {
            for (var pixel = 0; pixel < placed.Length; pixel += 3)
            {
                (placed[pixel], placed[pixel + 1], placed[pixel + 2]) = (background.Red, background.Green, background.Blue);
            }
        }

        var firstColumn = Math.Max(0, left);
        var columns = Math.Max(0, Math.Min(size.Width, left + Width) - firstColumn);
        for (var row = Math.Max(0, top); row < Math.Min(size.Height, top + Height); row++)
        {
            Row(row - top).Slice(3 * (firstColumn - left), 3 * columns).CopyTo(placed.AsSpan(3 * ((row * size.Width) + firstColumn)));
        }

        return new Picture(size, placed);
    }
}
