using System.Text.RegularExpressions;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>The commands of the pages on first steps, run one after the other as they stand; what they write goes into a folder of the test.</summary>
public sealed partial class DocumentedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("own-dataset.md", 6)]
    [InlineData("first-hour.md", 5)]
    [InlineData("own-model.md", 2)]
    [InlineData("choosing-conditions.md", 3)]
    [InlineData("reading-the-report.md", 5)]
    [InlineData("gpu.md", 2)]
    [InlineData("cluster.md", 6)]
    [InlineData("cost.md", 2)]
    [InlineData("logging.md", 2)]
    public async Task Page_ItsCommands_Work(string page, int commands)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", page), TestContext.Current.CancellationToken);
        string[] lines = [.. Block().Matches(text).SelectMany(block => block.Groups[1].Value.Split('\n')).Where(line => line.StartsWith("probe ", StringComparison.Ordinal))];
        Assert.Equal(commands, lines.Length);
        foreach (var line in lines)
        {
            // As a shell does: quotes hold words together; paths start at the repository.
            var words = Word().Matches(line).Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Value).Skip(1);
            var arguments = words.Select(word => OwnFolder().Replace(word.Replace("reports/", _folder["reports/"], StringComparison.Ordinal), match => Path.Combine(Repository.Root, match.Value)));
            var (code, _, error) = await Probe.Run([.. arguments]);
            Assert.True(code == 0, $"{line}\n{error}");
        }
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("\"([^\"]*)\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![\w/])(data|tests)/")]
    private static partial Regex OwnFolder();

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
