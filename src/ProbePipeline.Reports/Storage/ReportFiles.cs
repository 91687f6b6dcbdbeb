using System.Security.Cryptography;
using System.Text;
using ProbePipeline.Features;

namespace ProbePipeline.Reports.Storage;

/// <summary>The files of one report, and last of all their SHA-256 in the form that <c>sha256sum --check</c> reads.</summary>
/// <param name="folder">The report's folder.</param>
internal sealed class ReportFiles(string folder)
{
    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <param name="name">The file, from the report's folder.</param>
    /// <param name="content">All of it.</param>
    public void Write(string name, ReadOnlyMemory<byte> content)
    {
        WholeFile.Write(Path.Combine(folder, name), content);
        _hashes[name] = Convert.ToHexStringLower(SHA256.HashData(content.Span));
    }

    /// <summary>Records a file that the report names and that is written already; nothing where it is not there, or not in the report's folder: stored results are anybody's.</summary>
    public void Record(string name)
    {
        if (ReportChecksums.IsInside(name) && File.Exists(Path.Combine(folder, name)))
        {
            _hashes[name] = ReportChecksums.HashOf(Path.Combine(folder, name));
        }
    }

    /// <summary>Writes down the hashes: where they are, the report is whole.</summary>
    public void Finish() =>
        WholeFile.Write(Path.Combine(folder, ReportChecksums.Name), Encoding.UTF8.GetBytes(string.Concat(_hashes.Select(file => $"{file.Value}  {file.Key}\n"))));
}
