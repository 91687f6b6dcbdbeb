using System.Text;
using System.Text.RegularExpressions;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Extraction;

[Collection(HostileInputCollection.Name)]
public sealed partial class FittedFileHostileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_MutatedEraser_IsReadOrRefusedByName() => Check(StoredEraser.Of("0123", 12, new LinearEdit([1, 2], [3, 4], [5, 6])));

    [Fact]
    public void Read_MutatedMeans_IsReadOrRefusedByName() => Check(StoredMeans.Of("0123", 2, [(0, [1.0, 2]), (3, [4.0, 5])]));

    public void Dispose() => _folder.Dispose();

    private void Check<T>(T fitted)
        where T : class
    {
        var path = Path.Combine(_folder.Path, "fitted.json");
        FittedFile.Write(path, fitted);
        HostileInputs.Check(
            file =>
            {
                File.WriteAllBytes(path, file);
                try
                {
                    FittedFile.Read<T>(path, "what was fitted");
                }
                catch (FeatureStoreException error) when (Found().Match(error.Message) is { Success: true } found)
                {
                    // Whoever writes such a file can write the hash that fits it.
                    File.WriteAllText(path, Encoding.UTF8.GetString(file).Replace(found.Groups["stored"].Value, found.Groups["found"].Value, StringComparison.Ordinal));
                    FittedFile.Read<T>(path, "what was fitted");
                }
            },
            path,
            [typeof(FeatureStoreException)],
            File.ReadAllBytes(path));
    }

    [GeneratedRegex("its hash is (?<found>[0-9a-f]+), not (?<stored>[0-9a-f]+)")]
    private static partial Regex Found();
}
