using System.CommandLine;

namespace ProbePipeline.Cli.Completion;

/// <summary><c>probe completion</c>: the script that makes a shell complete commands and options.</summary>
internal static class CompletionCommand
{
    private const string Description = """
        Prints the script that makes a shell complete probe's commands and options. It needs a probe on the path.

        Examples:
          bash: echo 'source <(probe completion bash)' >> ~/.bashrc
          zsh:  echo 'source <(probe completion zsh)' >> ~/.zshrc        (after compinit)
          fish: probe completion fish > ~/.config/fish/completions/probe.fish
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell." }.AcceptOnlyFromAmong([.. CompletionScripts.ByShell.Keys]);
        var command = new Command("completion", Description) { shell };
        command.SetAction(parsed =>
        {
            Console.Out.Write(CompletionScripts.ByShell[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n") + "\n");
            return 0;
        });
        return command;
    }
}
