using System.Runtime.CompilerServices;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>What stands between the marks of a test stands in a document: what is shown there is what has run.</summary>
internal static class DocumentSnippet
{
    private const int Indentation = 8;

    public static void RequireIn(string document, [CallerFilePath] string path = "")
    {
        // The path that the compiler saw may not exist where the test runs.
        var file = File.Exists(path) ? path : Path.Combine(Repository.Root, "tests", "ProbePipeline.EndToEnd.Tests", Path.GetFileName(path));
        var lines = File.ReadAllLines(file);
        var (begin, end) = (Array.FindIndex(lines, line => line.Trim() == "// begin"), Array.FindIndex(lines, line => line.Trim() == "// end"));
        var snippet = string.Join('\n', lines[(begin + 1)..end].Select(line => line.Length > Indentation ? line[Indentation..] : ""));
        Assert.Contains(snippet, File.ReadAllText(Path.Combine(Repository.Root, document)), StringComparison.Ordinal);
    }
}
