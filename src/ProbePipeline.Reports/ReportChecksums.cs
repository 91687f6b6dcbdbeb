using System.Security.Cryptography;

namespace ProbePipeline.Reports;

/// <summary><c>SHA256SUMS</c>: the hashes of a report's files, as <c>sha256sum --check</c> reads them too.</summary>
public static class ReportChecksums
{
    /// <summary>The name that the file has in a report's folder.</summary>
    public const string Name = "SHA256SUMS";

    private const int HashLength = 64;
    private const string Gap = "  ";

    /// <summary>What of a report is missing or is not as it was written, a line each; none: it is whole.</summary>
    /// <param name="folder">The report's folder.</param>
    public static IEnumerable<string> Faults(string folder)
    {
        var path = Path.Combine(folder, Name);
        var (lines, problem) = Try(() => File.ReadAllLines(path));
        if (problem is not null)
        {
            yield return $"{path}: expected the hashes of the report's files; {problem}; write the report again: probe report {folder}";
        }

        foreach (var line in lines ?? [])
        {
            if (line.Length <= HashLength + Gap.Length || line.AsSpan(HashLength, Gap.Length) is not Gap)
            {
                yield return $"{path}: expected a hash and a file's name a line; found '{line}'; write the report again: probe report {folder}";
                continue;
            }

            var name = line[(HashLength + Gap.Length)..];
            if (!IsInside(name))
            {
                yield return $"{path}: expected files in the report's folder; found '{name}', which leaves it and is not read; write the report again: probe report {folder}";
                continue;
            }

            var file = Path.Combine(folder, name);
            var (found, unread) = Try(() => HashOf(file));
            if (unread is not null)
            {
                yield return $"{file}: expected a file of the report; {unread}; restore it, or run the experiment again";
            }
            else if (found != line[..HashLength])
            {
                yield return $"{file}: expected the SHA-256 {line[..HashLength]}, as the report was written; found {found}; restore it, or run the experiment again";
            }
        }
    }

    /// <summary>Whether a file's name stays in the report's folder.</summary>
    internal static bool IsInside(string name) =>
        name.Length > 0 && !Path.IsPathRooted(name) && !name.Contains('\0', StringComparison.Ordinal) && !name.Split('/', '\\').Contains("..");

    internal static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static (T? Value, string? Problem) Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return (read(), null);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "it is missing");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"it cannot be read ({error.Message})");
        }
    }
}
