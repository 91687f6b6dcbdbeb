namespace ProbePipeline;

/// <summary>The command that repeats a run.</summary>
internal static class RunCommandLine
{
    public static string Of(string path, IReadOnlyList<string> overrides) => string.Join(' ', ["probe run", ShellWord.Of(path), .. overrides.Select(one => $"--set {ShellWord.Of(one)}")]);
}
