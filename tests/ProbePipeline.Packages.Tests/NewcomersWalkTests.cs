using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProbePipeline.Testing;

namespace ProbePipeline.Packages.Tests;

/// <summary>The walk of somebody new: a fresh clone, and the README's commands one after the other, each typed into a shell as it stands.</summary>
public sealed partial class NewcomersWalkTests
{
    // It is running.
    private const string Tests = "dotnet test -c Release";

    [Fact]
    public async Task Readme_ItsCommandsInAFreshClone_DoWhatItSays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are typed into a POSIX shell");
        Assert.SkipUnless(Path.Exists(Path.Combine(Repository.Root, ".git")), "these sources are no clone");
        var folder = Directory.CreateTempSubdirectory("walk-").FullName;
        try
        {
            var clone = Path.Combine(folder, "clone");
            await DotNet.RunProgram(folder, "git", "clone", "--quiet", Repository.Root, clone);
            var readme = File.ReadAllText(Path.Combine(clone, "README.md"));
            string[] commands = [.. Blocks(readme, "bash").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
            Assert.Contains(Tests, commands);
            var printed = new List<string>();
            foreach (var command in commands.Except([Tests]))
            {
                printed.Add(await DotNet.RunProgram(clone, "bash", "-c", command));
            }

            Assert.Equal(5, printed.Count);
            // The figures that the README tells, on the data and the weights that it tells them of.
            using var results = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(clone, "reports", "partscenes", "results.json")));
            Assert.Equal(3600, results.RootElement.GetProperty("rows").GetInt32());
            foreach (var condition in results.RootElement.GetProperty("conditions").EnumerateObject())
            {
                var accuracy = condition.Value.GetProperty("answer").GetProperty("testAccuracy").GetDouble();
                Assert.Contains($"{condition.Name} ", printed[0], StringComparison.Ordinal);
                Assert.Contains(accuracy.ToString("0.000", CultureInfo.InvariantCulture), printed[0], StringComparison.Ordinal);
            }

            // What it shows as a command's output is in some command's output.
            foreach (var shown in Blocks(readme, "text").Select(Words))
            {
                Assert.Contains(printed.Select(Words), output => output.Contains(shown, StringComparison.Ordinal));
            }

            foreach (var file in PathsUnderReports().Matches(readme).Select(match => match.Value))
            {
                Assert.True(Path.Exists(Path.Combine(clone, file)), $"the README tells of {file}, which no command has made");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Blocks(string readme, string language) => Block().Matches(readme).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value);

    // How wide a terminal is changes the spaces alone.
    private static string Words(string text) => Space().Replace(text.Replace("─", "", StringComparison.Ordinal), " ").Trim();

    [GeneratedRegex("```(\\w+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<![\w/])reports/[\w./-]*\w")]
    private static partial Regex PathsUnderReports();
}
