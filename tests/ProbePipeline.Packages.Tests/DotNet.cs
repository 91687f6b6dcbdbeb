using System.Diagnostics;

namespace ProbePipeline.Packages.Tests;

/// <summary>Runs <c>dotnet</c>, or another program, as a person does who has only packages.</summary>
internal static class DotNet
{
    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>What <c>dotnet</c> prints; fails the test with it when it fails.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">The words of the command.</param>
    public static Task<string> Run(string folder, params string[] arguments) => RunProgram(folder, Host, arguments);

    /// <summary>What a program prints; fails the test with it when it fails.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its words.</param>
    public static async Task<string> RunProgram(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The test host's own MSBuild settings are not this one's, and a build server would outlive the test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        (start.Environment["MSBUILDDISABLENODEREUSE"], start.Environment["UseSharedCompilation"], start.Environment["DOTNET_CLI_UI_LANGUAGE"]) = ("1", "false", "en");
        if (Path.GetDirectoryName(Host) is { Length: > 0 } root)
        {
            // An installed tool looks for the runtime by itself.
            start.Environment["DOTNET_ROOT"] = root;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}{await error}");
        return output;
    }
}
