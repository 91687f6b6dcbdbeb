using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Text;

public sealed class TextTokenizerGoldenTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Golden")]
    public void EncodeAndDecode_EveryGoldenText_EqualTheReference() => Compare(Goldens.Folder("tokenizers"));

    [Fact]
    [Trait("Category", "RealTokenizers")]
    public void EncodeAndDecode_EveryPublishedTokenizer_EqualTheReference()
    {
        var folder = Environment.GetEnvironmentVariable("PROBE_REAL_TOKENIZERS") is { Length: > 0 } chosen ? chosen : Path.Combine(Repository.Root, "..", "shared", "real-tokenizers");
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is not there; set PROBE_REAL_TOKENIZERS to a folder of published tokenizers with expected ids");
        Compare(folder);
    }

    private void Compare(string root)
    {
        var (rows, differences) = (0, new List<string>());
        foreach (var folder in Directory.GetDirectories(root).Order(StringComparer.Ordinal))
        {
            var (compared, different) = ExpectedTokens.Compare(folder);
            output.WriteLine($"{Path.GetFileName(folder)}: {compared} texts, {different.Count} differences");
            rows += compared;
            differences.AddRange(different);
        }

        TestContext.Current.SendDiagnosticMessage($"{rows} texts compared in {root}");
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences.Take(40)));
        Assert.True(rows > 0, $"no texts in {root}");
    }
}
