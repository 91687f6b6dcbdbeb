using System.Buffers.Binary;
using System.Globalization;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Datasets.PanopticParts;

/// <summary>
/// The first directory of a TIFF (TIFF 6.0, section 2), looked at before a library believes what it says: whatever it points to lies within the file, and its picture has
/// a size that can be meant.
/// </summary>
internal static class TiffDirectory
{
    private const int ImageWidth = 256;
    private const int ImageLength = 257;
    private const int StripByteCounts = 279;
    private const int EntryLength = 12;

    /// <summary>What is wrong with a file; null: nothing that would make reading it dangerous.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        var isLittle = file.StartsWith("II*\0"u8);
        if (file.Length < 8 || (!isLittle && !file.StartsWith("MM\0*"u8)))
        {
            return "expected a TIFF, found a file that is none";
        }

        var at = Number(file, 4, 4, isLittle);
        if (at + 2 > file.Length || at + 2 + (EntryLength * Number(file, at, 2, isLittle)) > file.Length)
        {
            return "its directory ends behind the file";
        }

        var (height, width) = (0L, 0L);
        for (var (entry, end) = (at + 2, at + 2 + (EntryLength * Number(file, at, 2, isLittle))); entry < end; entry += EntryLength)
        {
            var (tag, size, count) = (Number(file, entry, 2, isLittle), SizeOf(Number(file, entry + 2, 2, isLittle)), Number(file, entry + 4, 4, isLittle));
            var place = size * count <= 4 ? entry + 8 : Number(file, entry + 8, 4, isLittle);
            if (place + (size * count) > file.Length)
            {
                return string.Create(CultureInfo.InvariantCulture, $"its tag {tag} points to bytes {place} to {place + (size * count)} of {file.Length}");
            }

            switch (tag)
            {
                case ImageWidth when count == 1 && size is 2 or 4:
                    width = Number(file, place, (int)size, isLittle);
                    break;
                case ImageLength when count == 1 && size is 2 or 4:
                    height = Number(file, place, (int)size, isLittle);
                    break;
                case StripByteCounts when size is 2 or 4:
                    for (var strip = 0L; strip < count; strip++)
                    {
                        if (Number(file, place + (size * strip), (int)size, isLittle) is var length && length > file.Length)
                        {
                            return string.Create(CultureInfo.InvariantCulture, $"its strip {strip} has {length} bytes, the whole file {file.Length}");
                        }
                    }

                    break;
            }
        }

        return ClaimedSize.Problem(new PictureSize((int)Math.Min(height, int.MaxValue), (int)Math.Min(width, int.MaxValue)), file.Length, bitsPerPixel: 8);
    }

    private static int SizeOf(long type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        5 or 10 or 12 => 8,
        _ => 4,
    };

    private static long Number(ReadOnlySpan<byte> file, long place, int size, bool isLittle)
    {
        var bytes = file.Slice((int)place, size);
        return (size, isLittle) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
    }
}
