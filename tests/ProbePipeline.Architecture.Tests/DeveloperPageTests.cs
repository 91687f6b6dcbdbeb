using System.Text.RegularExpressions;
using ProbePipeline.Testing;

namespace ProbePipeline.Architecture.Tests;

/// <summary>The pages for developers name files, types and members: all of them are there.</summary>
public sealed partial class DeveloperPageTests
{
    /// <summary>Files that some project or run has, not the repository's root.</summary>
    private static readonly string[] Anywhere = ["PublicAPI.Unshipped.txt", "results.json"];

    [Theory]
    [InlineData("docs/architecture.md", "src/ProbePipeline/Options/Keys")]
    [InlineData("docs/extending.md", "tests/goldens")]
    public void Page_FilesAndFolders_Exist(string page, string one)
    {
        string[] paths = [.. Quoted(page).Where(name => name.Contains('/') || name.EndsWith(".md", StringComparison.Ordinal) || name.EndsWith(".txt", StringComparison.Ordinal))];

        Assert.Contains(one, paths);
        Assert.All(paths.Except(Anywhere), path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
    }

    [Theory]
    [InlineData("docs/architecture.md", "ExperimentRun.Whole")]
    [InlineData("docs/extending.md", "DatasetForms.All")]
    public void Page_TypesAndMembers_AreInTheSource(string page, string one)
    {
        Match[] names = [.. Quoted(page).Where(name => !Anywhere.Contains(name) && !name.EndsWith(".md", StringComparison.Ordinal)).Select(name => TypeOrMember().Match(name)).Where(match => match.Success)];

        Assert.Contains(names, name => name.Value == one);
        Assert.Empty(names.Where(name => !Exists(name.Groups["type"].Value, name.Groups["member"].Value)).Select(name => name.Value));
    }

    private static IEnumerable<string> Quoted(string page) => Code().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(match => match.Groups[1].Value).Distinct();

    // A type, or a word that follows from the table or the text before it: the member of one.
    private static bool Exists(string type, string member)
    {
        string[] files = [.. House.SourceFiles.Concat(House.TestFiles).Where(file => Declares(file.Text, type)).Select(file => file.Text)];
        return files.Length > 0
            ? member.Length == 0 || files.Any(text => Regex.IsMatch(text, $@"\b{member}\b"))
            : member.Length == 0 && House.SourceFiles.Any(file => Regex.IsMatch(file.Text, $@"\b(?:public|protected) [^\n;=]*\b{type}\b"));
    }

    private static bool Declares(string text, string type) => Regex.IsMatch(text, $@"\b(?:class|record|struct|interface|enum) {type}\b");

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?<type>[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\.(?<member>[A-Z][A-Za-z0-9_]*))?$")]
    private static partial Regex TypeOrMember();
}
