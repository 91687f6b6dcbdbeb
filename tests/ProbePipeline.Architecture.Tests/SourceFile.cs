using System.Text.RegularExpressions;

namespace ProbePipeline.Architecture.Tests;

/// <summary>A C# file and the house rules that its text alone can break.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Text">The whole file.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    public const int LongestFile = 400;

    private string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IEnumerable<string> Violations()
    {
        var lines = Text.AsSpan().TrimEnd('\n').Count('\n') + 1;
        if (lines > LongestFile)
        {
            yield return $"{Path} has {lines} lines; past {LongestFile} it has two jobs.";
        }
        if (Text.Contains("NotImplementedException", StringComparison.Ordinal))
        {
            yield return $"{Path} throws NotImplementedException; nothing is left to be written later.";
        }
        if (PublicType().Count(Text) is > 1 and var types)
        {
            yield return $"{Path} has {types} public types; one a file.";
        }
        if (EmptyName().IsMatch(Name))
        {
            yield return $"{Path} is named after nothing: say what it does instead of Helper, Util or Manager.";
        }
    }

    /// <summary>The folder that a test file stands for: tests/X.Tests/Folder/… mirrors src/X/Folder. What of X needs libtorch is tested in
    /// tests/X.Torch.Tests, so that the rest is seen to work without it. Null for files that hold no tests.</summary>
    public string? MirroredFolder() => MirroringTests().Match(Path) is { Success: true } match ? $"src/{match.Groups[1].Value}/{match.Groups[2].Value}" : null;

    // Namespaces are file-scoped, so a type of the namespace starts its line.
    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|readonly|ref|partial|unsafe) )*(?:class|struct|record|interface|enum|delegate)\b", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex("(?:Helpers?|Utils?|Utilit(?:y|ies)|Managers?)$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^tests/(ProbePipeline\.Torch|[^/]+?)(?:\.Torch)?\.Tests/([^/]+)/.*Tests\.cs$")]
    private static partial Regex MirroringTests();
}
