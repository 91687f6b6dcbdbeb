using System.Buffers.Binary;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// What Pillow takes from a PNG's chunks beside its pixels and Skia does not tell
/// (PNG specification, 11.2 and 11.3.1; PngImagePlugin.py, Pillow 12.3.0).
/// </summary>
internal static class PngHeader
{
    private const byte Gray = 0;
    private const byte Truecolour = 2;
    private const byte PaletteType = 3;
    private const byte GrayWithAlpha = 4;
    private const byte TruecolourWithAlpha = 6;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Skia keeps the high byte of 16-bit gray; Pillow clips the value (Convert.c, I16_RGB).</summary>
    public static bool IsSixteenBitGray(ReadOnlySpan<byte> file) => Read(file) is (16, Gray);

    /// <summary>Bits that a pixel has before it is packed; null where the file is no PNG.</summary>
    public static int? BitsPerPixel(ReadOnlySpan<byte> file) => Read(file) is not var (depth, colourType) ? null : Math.Max((byte)1, depth) * colourType switch
    {
        Truecolour => 3,
        GrayWithAlpha => 2,
        TruecolourWithAlpha => 4,
        _ => 1,
    };

    /// <summary>The one colour that the file names as transparent, or null where it has none or grades its transparency.</summary>
    public static Rgb? TransparentColour(ReadOnlySpan<byte> file)
    {
        if (Read(file) is not var (depth, colourType) || depth > 8)
        {
            return null;
        }

        ReadOnlySpan<byte> palette = [];
        var chunks = file[Signature.Length..];
        while (Next(ref chunks, out var type, out var data))
        {
            if (type.SequenceEqual("PLTE"u8))
            {
                palette = data;
            }
            else if (type.SequenceEqual("tRNS"u8))
            {
                // Pillow reads 1-bit gray as a mode of its own and forgets its transparency on conversion.
                return (depth, colourType) is (1, Gray) ? null : Transparent(colourType, palette, data);
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The entries of a PNG's palette by colour, -1 for a colour that several entries share; null where the file has no palette.</summary>
    public static Dictionary<Rgb, int>? Palette(ReadOnlySpan<byte> file)
    {
        if (Read(file) is not (_, PaletteType))
        {
            return null;
        }

        var chunks = file[Signature.Length..];
        while (Next(ref chunks, out var type, out var data))
        {
            if (type.SequenceEqual("PLTE"u8))
            {
                var entries = new Dictionary<Rgb, int>();
                for (var entry = 0; 3 * (entry + 1) <= data.Length; entry++)
                {
                    var colour = new Rgb(data[3 * entry], data[(3 * entry) + 1], data[(3 * entry) + 2]);
                    entries[colour] = entries.ContainsKey(colour) ? -1 : entry;
                }

                return entries;
            }
        }

        return null;
    }

    /// <summary>Takes the first chunk off; false where no whole one is left.</summary>
    private static bool Next(scoped ref ReadOnlySpan<byte> chunks, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> data)
    {
        type = data = default;
        if (chunks.Length < 12 || BinaryPrimitives.ReadInt32BigEndian(chunks) is var length && (length < 0 || length > chunks.Length - 12))
        {
            return false;
        }

        type = chunks.Slice(4, 4);
        data = chunks.Slice(8, length);
        chunks = chunks[(12 + length)..];
        return true;
    }

    private static Rgb? Transparent(byte colourType, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> data) => colourType switch
    {
        // Samples are stored in 16 bits whatever the depth.
        Gray when data.Length == 2 => new Rgb(data[1], data[1], data[1]),
        Truecolour when data.Length == 6 => new Rgb(data[1], data[3], data[5]),
        PaletteType when data.IndexOf((byte)0) is var entry and >= 0 && data.Count((byte)255) == data.Length - 1 && palette.Length >= 3 * (entry + 1) =>
            new Rgb(palette[3 * entry], palette[(3 * entry) + 1], palette[(3 * entry) + 2]),
        _ => null,
    };

    private static (byte Depth, byte ColourType)? Read(ReadOnlySpan<byte> file) => file.Length > 25 && file.StartsWith(Signature) ? (file[24], file[25]) : null;
}
