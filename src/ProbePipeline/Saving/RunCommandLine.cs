namespace ProbePipeline.Saving;

/// <summary>The command that repeats a run, without secrets: it stands in the report.</summary>
internal static class RunCommandLine
{
    public static string Of(string path, IReadOnlyList<string> overrides) =>
        string.Join(' ', ["probe run", ShellWord.Of(Redaction.Of(path)), .. overrides.Select(one => $"--set {ShellWord.Of(Redaction.Of(one))}")]);
}
