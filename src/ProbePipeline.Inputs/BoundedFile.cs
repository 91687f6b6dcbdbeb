using System.Globalization;

namespace ProbePipeline.Inputs;

/// <summary>Whole files into memory, up to a size: what is larger is none of what is expected there.</summary>
internal static class BoundedFile
{
    /// <param name="path">The file.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is larger.</exception>
    public static byte[] Read(string path, long most)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!file.CanSeek)
        {
            throw new InvalidDataException("expected a file, found a device or a pipe");
        }

        if (file.Length > most)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"expected at most {most} bytes, found {file.Length}"));
        }

        // A file may say that it is empty and give bytes without end (/dev/zero, /proc).
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return file.ReadByte() < 0 ? bytes : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"expected {bytes.Length} bytes, as the file's length says, found more"));
    }
}
