namespace ProbePipeline;

/// <summary>Texts as words of a command line.</summary>
public static class ShellWord
{
    /// <summary>A text as a POSIX shell takes it for one word.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || "-_./=:,+@%".Contains(character, StringComparison.Ordinal))
            ? text
            // What is between single quotes stands for itself.
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
