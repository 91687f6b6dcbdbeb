namespace ProbePipeline;

/// <summary>The command that repeats a run, without secrets: it stands in the report.</summary>
internal static class RunCommandLine
{
    public static string Of(string path, IReadOnlyList<string> overrides) =>
        string.Join(' ', ["probe run", Quoted(Redaction.Of(path)), .. overrides.Select(one => $"--set {Quoted(Redaction.Of(one))}")]);

    // As a POSIX shell takes it: what is between single quotes stands for itself.
    private static string Quoted(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || "-_./=:,+@%".Contains(character, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
