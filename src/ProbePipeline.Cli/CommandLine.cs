using System.CommandLine;
using Spectre.Console;

namespace ProbePipeline.Cli;

/// <summary>Runs a command. What the user can mend is one line on standard error and exit code 2; anything else is a fault of ours and shows itself.</summary>
internal static class CommandLine
{
    private const int BadInput = 2;

    public static int Run(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(ExpectedErrors.WithoutSecrets($"{string.Join(" ", parsed.Errors.Select(error => string.Join(' ', error.Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))))} See 'probe {parsed.CommandResult.Command.Name} --help'."
                .Replace("'probe probe --help'", "'probe --help'", StringComparison.Ordinal)));
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (ExpectedErrors.Contains(error))
        {
            return Refuse(ExpectedErrors.MessageOf(error));
        }
    }

    private static int Refuse(string message)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        // A line that a machine may read is not wrapped.
        console.Profile.Width = int.MaxValue;
        console.MarkupLineInterpolated($"[red]error:[/] {message}");
        return BadInput;
    }
}
