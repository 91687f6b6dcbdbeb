using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Run;

/// <summary>Long work of a command: with progress, stopped cleanly by Ctrl-C and SIGTERM.</summary>
internal static class Work
{
    /// <summary>Works under bars on a terminal and with lines elsewhere, then shows what came of it.</summary>
    /// <returns>The command's exit code.</returns>
    public static int Show<T>(IAnsiConsole console, Func<IProgress<RunProgress>, CancellationToken, T> work, Func<T, IRenderable> view) => Do(cancellation =>
    {
        console.Write(view(Output.ShowsBars(console)
            ? ProgressBars.Show(console, progress => work(progress, cancellation))
            : work(new ProgressLines(console), cancellation)));
        return 0;
    });

    /// <summary>Works without a word.</summary>
    /// <param name="work">The work; it gives the exit code.</param>
    /// <param name="stopped">What is said when it was stopped.</param>
    /// <returns>The command's exit code.</returns>
    public static int Do(Func<CancellationToken, int> work, string stopped = "stopped; what is finished is kept: the same command goes on from there")
    {
        using var interruption = new Interruption();
        try
        {
            return work(interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine(stopped);
            return interruption.ExitCode;
        }
    }
}
