using System.CommandLine;

namespace ProbePipeline.Cli.Run;

/// <summary>How commands name an experiment.</summary>
internal static class ExperimentArguments
{
    /// <summary>The file.</summary>
    public static Argument<string> File() => new("EXPERIMENT") { Description = "The experiment file (YAML; docs/experiment-file.md describes it)." };

    /// <summary>Values that take the place of the file's.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        Description = "Takes another value for one key of the file; may be given several times.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The same as somebody types them.</summary>
    public static string Typed(string file, IEnumerable<string> overrides) =>
        string.Join(' ', [ShellWord.Of(file), .. overrides.Select(one => $"--set {ShellWord.Of(ExpectedErrors.WithoutSecrets(one))}")]);
}
