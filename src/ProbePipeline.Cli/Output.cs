using Spectre.Console;

namespace ProbePipeline.Cli;

/// <summary>Standard output, in colours on a terminal alone (and not where NO_COLOR is set).</summary>
internal static class Output
{
    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            // Lines that a program may read are not wrapped.
            console.Profile.Width = 400;
        }

        return console;
    }

    /// <summary>Whether progress is drawn as bars: a person looks on.</summary>
    public static bool ShowsBars(IAnsiConsole console) => console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
}
