namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Where a GIF names a transparent colour, Skia gives black for it and Pillow the palette's colour: this takes the naming out of the file's
/// bytes and keeps the colour of the first frame (GIF89a, sections 18 to 23).
/// </summary>
internal static class GifTransparency
{
    /// <summary>The same file with every frame opaque, and the first frame's transparent colour; other files come back as they are.</summary>
    public static (byte[] Opaque, Rgb? Transparent) Remove(byte[] file)
    {
        if (file.Length < 13 || !file.AsSpan().StartsWith("GIF8"u8))
        {
            return (file, null);
        }

        byte[] opaque = [.. file];
        int? named = null;
        Rgb? transparent = null;
        var isFirst = true;
        var position = 13 + ColorTableLength(opaque[10]);
        while (position + 9 < opaque.Length && opaque[position] is 0x21 or 0x2C)
        {
            if (opaque[position] == 0x21)
            {
                // Graphic control extension: its third byte after the introducer holds the flag, the sixth the index.
                if (opaque[position + 1] == 0xF9 && (opaque[position + 3] & 1) != 0)
                {
                    named ??= opaque[position + 6];
                    opaque[position + 3] &= 0xFE;
                }

                position = AfterBlocks(opaque, position + 2);
            }
            else
            {
                var local = ColorTableLength(opaque[position + 9]);
                if (isFirst && named is { } index)
                {
                    transparent = Colour(opaque.AsSpan(local > 0 ? position + 10 : 13), index);
                }

                isFirst = false;
                position = AfterBlocks(opaque, position + 11 + local);
            }
        }

        return (opaque, transparent);
    }

    private static int ColorTableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static Rgb? Colour(ReadOnlySpan<byte> table, int index) =>
        table.Length >= 3 * (index + 1) ? new Rgb(table[3 * index], table[(3 * index) + 1], table[(3 * index) + 2]) : null;

    private static int AfterBlocks(byte[] bytes, int position)
    {
        while (position < bytes.Length && bytes[position] != 0)
        {
            position += 1 + bytes[position];
        }

        return position + 1;
    }
}
