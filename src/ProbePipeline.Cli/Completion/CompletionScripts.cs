namespace ProbePipeline.Cli.Completion;

/// <summary>What a shell runs to complete <c>probe</c>: it asks the command itself, by the directive that System.CommandLine answers; where nothing fits, it offers files.</summary>
internal static class CompletionScripts
{
    private const string Bash = """
        _probe() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(probe "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _probe probe
        """;

    private const string Zsh = """
        _probe() {
          local -a words_found
          words_found=(${(f)"$(probe "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
          compadd -a words_found || _files
        }
        compdef _probe probe
        """;

    private const string Fish = """
        complete -c probe -a '(probe "[suggest:"(string length -- (commandline -cp | string collect))"]" (commandline -cp | string collect) 2>/dev/null)'
        """;

    /// <summary>By the shell's name.</summary>
    public static OrderedDictionary<string, string> ByShell { get; } = new() { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish };
}
