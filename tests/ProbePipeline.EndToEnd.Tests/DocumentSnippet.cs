using System.Runtime.CompilerServices;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>What stands between the marks of a test, in one place or several, stands in a document: what is shown there is what has run.</summary>
internal static class DocumentSnippet
{
    public static void RequireIn(string document, [CallerFilePath] string path = "")
    {
        // The path that the compiler saw may not exist where the test runs.
        var file = File.Exists(path) ? path : Path.Combine(Repository.Root, "tests", "ProbePipeline.EndToEnd.Tests", Path.GetFileName(path));
        var (lines, shown) = (File.ReadAllLines(file), File.ReadAllText(Path.Combine(Repository.Root, document)));
        int[] begins = [.. lines.Index().Where(line => line.Item.Trim() == "// begin").Select(line => line.Index)];
        Assert.NotEmpty(begins);
        foreach (var begin in begins)
        {
            var indentation = lines[begin].IndexOf('/', StringComparison.Ordinal);
            var snippet = lines.Skip(begin + 1).TakeWhile(line => line.Trim() != "// end").Select(line => line.Length > indentation ? line[indentation..] : "");
            Assert.Contains(string.Join('\n', snippet), shown, StringComparison.Ordinal);
        }
    }
}
