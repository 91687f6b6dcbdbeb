using System.Numerics;
using System.Runtime.InteropServices;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Regions;

/// <summary>The pixels of a picture that belong to a region: one bit a pixel, of the original picture's size. Immutable.</summary>
public sealed class RegionMask
{
    private readonly byte[] _bits;

    private RegionMask(PictureSize size, byte[] bits)
    {
        Size = size;
        _bits = bits;
        Area = CountBits(bits);
        Bounds = FindBounds();
    }

    /// <summary>The picture's rows and columns.</summary>
    public PictureSize Size { get; }

    /// <summary>Pixels that belong to the region.</summary>
    public int Area { get; }

    /// <summary>The smallest rectangle of whole pixels around the region; of area 0 where the region is empty.</summary>
    public PictureRectangle Bounds { get; }

    /// <summary>The pixels row by row, eight a byte, the first in the highest bit (numpy's packbits); bits past the last pixel are 0.</summary>
    public ReadOnlySpan<byte> Bits => _bits;

    /// <summary>Whether a pixel belongs to the region.</summary>
    /// <param name="row">0 to height - 1.</param>
    /// <param name="column">0 to width - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The picture has no such pixel.</exception>
    public bool this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Size.Height, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Size.Width, nameof(column));
            return IsSet((row * Size.Width) + column);
        }
    }

    /// <summary>A mask from packed bits; they are copied.</summary>
    /// <param name="size">The picture's rows and columns.</param>
    /// <param name="bits">As <see cref="Bits"/>; bits past the last pixel are ignored.</param>
    /// <exception cref="RegionException">The size is no picture's, or the number of bytes is not an eighth of the pixels, rounded up.</exception>
    public static RegionMask FromBits(PictureSize size, ReadOnlySpan<byte> bits)
    {
        var copy = Allocate(size);
        if (bits.Length != copy.Length)
        {
            throw new RegionException($"A mask of {size} pixels needs {copy.Length} bytes of packed bits, found {bits.Length}.");
        }

        bits.CopyTo(copy);
        var past = (8 * copy.Length) - (size.Height * size.Width);
        copy[^1] &= (byte)(0xFF << past);
        return new RegionMask(size, copy);
    }

    /// <summary>A mask from one value a pixel.</summary>
    /// <param name="size">The picture's rows and columns.</param>
    /// <param name="pixels">Height x width values, row-major.</param>
    /// <exception cref="RegionException">The size is no picture's, or the number of values is not height x width.</exception>
    public static RegionMask FromPixels(PictureSize size, ReadOnlySpan<bool> pixels)
    {
        var bits = Allocate(size);
        if (pixels.Length != size.Height * size.Width)
        {
            throw new RegionException($"A mask of {size} pixels needs {size.Height * size.Width} values, found {pixels.Length}.");
        }

        for (var pixel = 0; pixel < pixels.Length; pixel++)
        {
            if (pixels[pixel])
            {
                Set(bits, pixel);
            }
        }

        return new RegionMask(size, bits);
    }

    /// <summary>A mask of the pixels, by row and column, for which something holds.</summary>
    /// <exception cref="RegionException">The size is no picture's.</exception>
    public static RegionMask Create(PictureSize size, Func<int, int, bool> contains) =>
        Create(size, 0..Math.Max(0, size.Height), 0..Math.Max(0, size.Width), contains);

    /// <summary>As above, where it is known to hold for none outside of the given rows and columns.</summary>
    internal static RegionMask Create(PictureSize size, Range rows, Range columns, Func<int, int, bool> contains)
    {
        var bits = Allocate(size);
        for (var row = rows.Start.Value; row < rows.End.Value; row++)
        {
            for (var column = columns.Start.Value; column < columns.End.Value; column++)
            {
                if (contains(row, column))
                {
                    Set(bits, (row * size.Width) + column);
                }
            }
        }

        return new RegionMask(size, bits);
    }

    /// <exception cref="RegionException">The size is no picture's.</exception>
    internal static void RequireSize(PictureSize size)
    {
        if (size.Height <= 0 || size.Width <= 0 || (long)size.Height * size.Width > Picture.MaximumPixels)
        {
            throw new RegionException($"A mask has the size of its picture: positive sides and at most {Picture.MaximumPixels} pixels. Found {size}.");
        }
    }

    /// <summary>A mask whose pixels are marked one by one: eight a byte from the beginning, since a size may be claimed that nothing has.</summary>
    /// <param name="size">The picture's rows and columns.</param>
    /// <param name="mark">Is given what marks a pixel, by row and column.</param>
    /// <exception cref="RegionException">The size is no picture's.</exception>
    internal static RegionMask Marked(PictureSize size, Action<Action<int, int>> mark)
    {
        var bits = Allocate(size);
        mark((row, column) => Set(bits, (row * size.Width) + column));
        return new RegionMask(size, bits);
    }

    private static byte[] Allocate(PictureSize size)
    {
        RequireSize(size);
        return new byte[((size.Height * size.Width) + 7) / 8];
    }

    private static void Set(byte[] bits, int pixel) => bits[pixel >> 3] |= (byte)(0x80 >> (pixel & 7));

    private static int CountBits(ReadOnlySpan<byte> bits)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bits);
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }

        foreach (var rest in bits[(8 * words.Length)..])
        {
            count += BitOperations.PopCount(rest);
        }

        return count;
    }

    private bool IsSet(int pixel) => (_bits[pixel >> 3] & (0x80 >> (pixel & 7))) != 0;

    private PictureRectangle FindBounds()
    {
        var (top, left, bottom, right) = (Size.Height, Size.Width, 0, 0);
        for (var index = 0; index < _bits.Length; index++)
        {
            for (int rest = _bits[index]; rest != 0; rest &= rest - 1)
            {
                var (row, column) = Math.DivRem((8 * index) + 7 - BitOperations.TrailingZeroCount(rest), Size.Width);
                (top, bottom) = (Math.Min(top, row), Math.Max(bottom, row + 1));
                (left, right) = (Math.Min(left, column), Math.Max(right, column + 1));
            }
        }

        return Area == 0 ? default : new PictureRectangle(top, left, bottom, right);
    }
}
