using System.Diagnostics;

namespace ProbePipeline.EndToEnd.Tests;

public sealed class CompletionTests
{
    /// <summary>A probe on the path of the shell.</summary>
    private const string Function = "probe() { \"$PROBE_HOST\" \"$PROBE_DLL\" \"$@\"; }; ";

    [Fact]
    public async Task Bash_BegunCommand_IsCompleted()
    {
        const string Line = "probe dataset l";
        var completed = await Shell(
            "bash", $"{Function}source <(probe completion bash); COMP_LINE='{Line}'; COMP_POINT={Line.Length}; COMP_WORDS=({Line}); COMP_CWORD=2; _probe; echo \"${{COMPREPLY[@]}}\"");
        Assert.Equal("look", completed);
    }

    [Fact]
    public async Task Fish_BegunCommand_IsCompleted()
    {
        var completed = await Shell("fish", "function probe; $PROBE_HOST $PROBE_DLL $argv; end; probe completion fish | source; complete -C 'probe run --dry'");
        Assert.Equal("--dry-run", completed);
    }

    [Fact]
    public async Task Zsh_Script_IsUnderstood()
    {
        var known = await Shell("zsh", $"autoload -Uz compinit; compinit -D -u; {Function}source <(probe completion zsh); echo $_comps[probe]; whence -w _probe");
        Assert.Equal("_probe\n_probe: function", known);
    }

    [Fact]
    public async Task Completion_UnknownShell_SaysWhichThereAre()
    {
        var (code, output, error) = await Probe.Run("completion", "tcsh");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("'bash' 'zsh' 'fish'", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<string> Shell(string shell, string script)
    {
        var start = new ProcessStartInfo(shell) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, ArgumentList = { "-c", script } };
        start.Environment["PROBE_HOST"] = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        start.Environment["PROBE_DLL"] = Path.Combine(AppContext.BaseDirectory, "probe.dll");
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{shell} is not installed");
            throw;
        }

        using (process)
        {
            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output.Trim();
        }
    }
}
