using System.Buffers.Binary;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>The length that packed bytes say they have when they are unpacked, for the codecs whose libraries believe it.</summary>
internal static class PackedSize
{
    /// <summary>Bytes that Snappy's length takes at most.</summary>
    public const int LongestSnappy = 5;

    private const int LargestZstdBlock = 1 << 17;

    /// <summary>Snappy's (google/snappy, format_description.txt): a number of 7 bits a byte, in front; -1: it is none.</summary>
    public static long OfSnappy(ReadOnlySpan<byte> packed)
    {
        var length = 0L;
        for (var index = 0; index < Math.Min(packed.Length, LongestSnappy); index++)
        {
            length |= (long)(packed[index] & 0x7F) << (7 * index);
            if (packed[index] < 0x80)
            {
                return length;
            }
        }

        return -1;
    }

    /// <summary>Zstandard's (RFC 8878, 3.1), of all its frames: what a frame states, or as much as its blocks may hold; -1: they are no frames.</summary>
    public static long OfZstd(ReadOnlySpan<byte> packed)
    {
        var total = 0L;
        while (packed.Length >= 6)
        {
            var magic = BinaryPrimitives.ReadUInt32LittleEndian(packed);
            // A frame to skip has a length instead of blocks.
            if (magic >> 4 == 0x0184D2A5 && packed.Length >= 8)
            {
                var skipped = 8 + (long)BinaryPrimitives.ReadUInt32LittleEndian(packed[4..]);
                packed = skipped <= packed.Length ? packed[(int)skipped..] : [];
                continue;
            }

            if (magic != 0xFD2FB528 || Frame(packed, out var length) is not (>= 0 and var size))
            {
                return -1;
            }

            total += Math.Min(size, long.MaxValue / 2 - total);
            packed = packed[length..];
        }

        return packed.IsEmpty ? total : -1;
    }

    private static long Frame(ReadOnlySpan<byte> frame, out int length)
    {
        var descriptor = frame[4];
        var (isSingle, hasChecksum) = ((descriptor & 0x20) != 0, (descriptor & 4) != 0);
        length = 5 + (isSingle ? 0 : 1) + ((descriptor & 3) switch { 3 => 4, var bytes => bytes });
        var stated = (descriptor >> 6) switch { 0 => isSingle ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        if (length + stated > frame.Length)
        {
            return -1;
        }

        var field = frame.Slice(length, stated);
        var size = stated switch
        {
            0 => -1L,
            1 => field[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(field) + 256,
            4 => BinaryPrimitives.ReadUInt32LittleEndian(field),
            _ => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(field), long.MaxValue / 2),
        };
        length += stated;
        for (var (blocks, isLast) = (1L, false); ; blocks++)
        {
            if (length + 3 > frame.Length)
            {
                return -1;
            }

            var header = frame[length] | (frame[length + 1] << 8) | (frame[length + 2] << 16);
            isLast = (header & 1) != 0;
            var end = length + 3 + (((header >> 1) & 3) == 1 ? 1 : header >> 3) + (isLast && hasChecksum ? 4 : 0);
            if (end > frame.Length)
            {
                return -1;
            }

            length = end;
            if (isLast)
            {
                return size >= 0 ? size : blocks * LargestZstdBlock;
            }
        }
    }
}
