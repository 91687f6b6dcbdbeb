using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Run;

/// <summary>Long work of a command: with progress, stopped cleanly by Ctrl-C and SIGTERM.</summary>
internal static class Work
{
    /// <summary>Works under bars on a terminal and with lines elsewhere, then shows what came of it.</summary>
    /// <returns>The command's exit code.</returns>
    public static int Show<T>(IAnsiConsole console, Func<IProgress<RunProgress>, CancellationToken, T> work, Func<T, IRenderable> view) => Do(cancellation =>
        console.Write(view(console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? ProgressBars.Show(console, progress => work(progress, cancellation))
            : work(new ProgressLines(console), cancellation))));

    /// <summary>Works without a word.</summary>
    /// <returns>The command's exit code.</returns>
    public static int Do(Action<CancellationToken> work)
    {
        using var interruption = new Interruption();
        try
        {
            work(interruption.Token);
            return 0;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("stopped; what is finished is kept: the same command goes on from there");
            return interruption.ExitCode;
        }
    }
}
