using System.Text;

namespace ProbePipeline.Reports.Markdown;

/// <summary>Text in Markdown that is shown as it is.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>#|~&!";

    /// <summary>Text on one line, with every sign that could mean something escaped.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            if (Special.Contains(sign, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(sign is '\r' or '\n' ? ' ' : sign);
        }

        return escaped.ToString();
    }

    /// <summary>Text that keeps its lines, in a fence longer than any that it holds.</summary>
    public static string Fenced(string text)
    {
        var (longest, run) = (2, 0);
        foreach (var sign in text)
        {
            run = sign == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        return $"{fence}\n{text}\n{fence}";
    }
}
