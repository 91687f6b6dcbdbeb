using ProbePipeline.Options;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Options;

[Collection(HostileInputCollection.Name)]
public sealed class ExperimentFileHostileTests : IDisposable
{
    private static readonly string Sample = File.ReadAllText(Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"));

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_MutatedFile_IsReadOrRefusedByName()
    {
        var path = Path.Combine(_folder.Path, "hostile.yaml");
        byte[] Placed(string text) => System.Text.Encoding.UTF8.GetBytes(text.Replace("data/models", Path.Combine(Repository.Root, "data/models"), StringComparison.Ordinal));
        HostileInputs.Check(
            file =>
            {
                File.WriteAllBytes(path, file);
                ExperimentFile.Read(path);
            },
            path,
            [typeof(ExperimentFileException)],
            [.. Directory.GetFiles(Path.Combine(Repository.Root, "data", "experiments"), "*.yaml").Order(StringComparer.Ordinal).Take(3).Select(file => Placed(File.ReadAllText(file)))]);
    }

    [Fact]
    public void Parse_MutatedOverride_IsReadOrRefusedByName() => HostileInputs.Check(
        file => ExperimentFile.Parse(Sample, "hostile.yaml", System.Text.Encoding.UTF8.GetString(file)),
        "",
        [typeof(ExperimentFileException)],
        [.. "probe.l2=[1e-3, 1e-2]"u8],
        [.. "conditions.vision-cut[0].layers=0-3"u8],
        [.. "dataset.images=60"u8]);

    [Theory]
    [InlineData("flow", "more than 16 deep")]
    [InlineData("block", "more than 16 deep")]
    [InlineData("laughs", "the alias *a is not read here")]
    public void Parse_NestedOrAliased_IsRefused(string what, string message)
    {
        var text = what switch
        {
            "flow" => $"model: {new string('[', 100_000)}{new string(']', 100_000)}\n",
            "block" => string.Concat(Enumerable.Repeat("- ", 100_000)) + "a\n",
            _ => "model: &a [x, x]\nname: &b [*a, *a]\noutput: [*b, *b]\n",
        };
        HostileInputs.Check(
            [(what, System.Text.Encoding.UTF8.GetBytes(text))],
            _ => Assert.Contains(message, Assert.Throws<ExperimentFileException>(() => ExperimentFile.Parse(text, "hostile.yaml")).Message, StringComparison.Ordinal),
            "",
            []);
    }

    public void Dispose() => _folder.Dispose();
}
