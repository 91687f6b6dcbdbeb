using System.Diagnostics;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>The command as a user runs it: a process of its own.</summary>
internal static class Probe
{
    // A shell's background job ignores SIGINT and hands that on to its children: whether this env (coreutils 8.31 or newer) can take it back.
    private static readonly Lazy<bool> CanRestoreInterrupt = new(() =>
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var env = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "true"]) { RedirectStandardError = true })!;
        env.WaitForExit();
        return env.ExitCode == 0;
    });

    public static Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments) => RunUntil(null, arguments);

    /// <summary>Runs with fewer cores to compute on than the machine has.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunOn(int processors, params string[] arguments) => Run(processors, null, arguments);

    /// <summary>Sends a signal as soon as something is the case.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunUntil((string Signal, Func<bool> When)? stop, params string[] arguments) => Run(null, stop, arguments);

    /// <summary>Runs on one core and ends the process at once, as kill -9 does; says whether it had still been running.</summary>
    /// <param name="when">Says, by the time since the start, that the moment has come.</param>
    /// <param name="arguments">The command's words.</param>
    public static async Task<(bool WasKilled, int ExitCode, string Error)> RunKilled(Func<TimeSpan, bool> when, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var process = Start(processors: 1, isStopped: false, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!process.HasExited && !when(watch.Elapsed))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var isRunning = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        // It may have ended by itself just before.
        return (isRunning && process.ExitCode != 0, process.ExitCode, await error);
    }

    /// <summary>Runs on one core, and holds the process still (Linux, macOS) while something else is done.</summary>
    /// <param name="when">Says that the moment has come.</param>
    /// <param name="meanwhile">What is done.</param>
    /// <param name="arguments">The command's words.</param>
    public static async Task<(int ExitCode, string Error)> RunAround(Func<bool> when, Func<Task> meanwhile, params string[] arguments)
    {
        using var process = Start(processors: 1, isStopped: false, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!when() && !process.HasExited)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.False(process.HasExited, "it ended before anything could be done meanwhile");
        await Signal(process, "STOP");
        try
        {
            await meanwhile();
        }
        finally
        {
            await Signal(process, "CONT");
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        return (process.ExitCode, await error);
    }

    /// <summary>Runs, and says how many bytes of memory the process held at most (Linux).</summary>
    public static async Task<(int ExitCode, string Error, long PeakBytes)> RunMeasured(params string[] arguments)
    {
        using var process = Start(processors: 1, isStopped: false, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var peak = 0L;
        while (!process.HasExited)
        {
            // The mark never falls, so what is read last before the end is the peak; a process that has ended has none.
            try
            {
                var text = await File.ReadAllTextAsync($"/proc/{process.Id}/status", TestContext.Current.CancellationToken);
                var mark = text.Split('\n').FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                peak = mark is null ? peak : 1024 * long.Parse(mark.Split(' ', '\t')[^2], System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It has just ended.
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await output;
        return (process.ExitCode, await error, peak);
    }

    private static async Task<(int ExitCode, string Output, string Error)> Run(int? processors, (string Signal, Func<bool> When)? stop, string[] arguments)
    {
        using var process = Start(processors, stop is not null, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (stop is { } wanted && !process.HasExited)
        {
            if (wanted.When())
            {
                await Signal(process, wanted.Signal);
                break;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    private static async Task Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static Process Start(int? processors, bool isStopped, string[] arguments)
    {
        // The host that runs this test, or the one on the path.
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command = [host, Path.Combine(AppContext.BaseDirectory, "probe.dll"), .. arguments];
        // env becomes the command: its process is the one that gets the signal.
        string[] words = isStopped && CanRestoreInterrupt.Value ? ["env", "--default-signal=INT", .. command] : command;
        var start = new ProcessStartInfo(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in words.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        if (processors is { } count)
        {
            // .NET's name for it and that of libtorch's threads.
            (start.Environment["DOTNET_PROCESSOR_COUNT"], start.Environment["OMP_NUM_THREADS"]) = ($"{count}", $"{count}");
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
