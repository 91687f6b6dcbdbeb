namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>The lines of a UTF-8 file with where they begin, so that one can be read again by itself.</summary>
internal static class TextLines
{
    /// <summary>Bytes of a row.</summary>
    public const int LongestLine = 1 << 28;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Every line that is not blank: its number from 1, the offset of its first byte, and its bytes without the line break.</summary>
    /// <exception cref="DatasetException">The file cannot be read, or a line is longer than any row.</exception>
    public static IEnumerable<(int Number, long Offset, byte[] Line)> Read(string path)
    {
        using var file = Open(path);
        for (var number = 1; Next(file, path, out var offset, out var line); number++)
        {
            if (line.AsSpan().Trim(" \t\r"u8).Length > 0)
            {
                yield return (number, offset, line);
            }
        }
    }

    /// <summary>The line that begins at an offset.</summary>
    public static byte[] ReadAt(string path, long offset)
    {
        using var file = Open(path);
        file.Position = offset;
        return Next(file, path, out _, out var line) ? line : throw new DatasetException($"{path} ends before a row that it held when it was opened; it was changed meanwhile");
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: the table cannot be read ({error.Message}). Check the path and its permissions.", error);
        }
    }

    private static bool Next(FileStream file, string path, out long offset, out byte[] line)
    {
        offset = file.Position;
        using var bytes = new MemoryStream();
        int value;
        while ((value = file.ReadByte()) is not (-1 or '\n'))
        {
            if (bytes.Length == LongestLine)
            {
                throw new DatasetException($"{path}: expected a table with a line a row, found a line of more than {LongestLine} bytes");
            }

            bytes.WriteByte((byte)value);
        }

        line = bytes.ToArray();
        if (offset == 0 && line.AsSpan().StartsWith(Mark))
        {
            (offset, line) = (Mark.Length, line[Mark.Length..]);
        }

        return value != -1 || bytes.Length > 0;
    }
}
