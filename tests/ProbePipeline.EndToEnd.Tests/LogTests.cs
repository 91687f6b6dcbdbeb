using System.Text.Json;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>What a run logs: to its own file always, to standard error on demand.</summary>
public sealed class LogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder["logged"];

    private string[] Command => UndisturbedRun.Command(Output);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_FinishedAndStopped_LeavesAFileOfEventsEach()
    {
        var (code, _, error) = await Probe.RunOn(1, Command);
        Assert.Equal(("", 0), (error, code));
        var events = Events(Assert.Single(Directory.GetFiles(Path.Combine(Output, "logs"))));
        Assert.Equal(["Begins", "Prepared", "StageBegins"], events[..3].Select(Name));
        Assert.Equal(["Reported", "Ends"], events[^2..].Select(Name));
        var chunks = events.Where(line => Name(line) == "ChunkFinished").ToArray();
        Assert.Equal(Enumerable.Range(0, UndisturbedRun.Chunks / 2), chunks.Select(chunk => chunk.GetProperty("Chunk").GetInt32()));
        Assert.All(chunks, chunk => Assert.Equal((6, "intact vision-cut"), (chunk.GetProperty("Rows").GetInt32(), chunk.GetProperty("Conditions").GetString())));

        // A second run computes nothing, and has a file of its own.
        (code, _, error) = await Probe.RunOn(1, [.. Command, "--log-level", "information"]);
        Assert.Equal(0, code);
        Assert.Matches("^[0-9:]{8} INFO partscenes begins: run, into ", error);
        Assert.Contains($" INFO forwards: 72 rows, {UndisturbedRun.Chunks} of {UndisturbedRun.Chunks} chunks are there\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("chunk 0", error, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Output, "logs")).Length);
    }

    [Fact]
    public async Task Run_RefusedWhileItRuns_SaysWhyInItsFile()
    {
        Assert.Equal(0, (await Probe.RunOn(1, Command)).ExitCode);
        Directory.Delete(Path.Combine(Output, "logs"), recursive: true);
        var (code, _, error) = await Probe.RunOn(1, [.. Command, "--set", "dataset.seed=12"]);
        Assert.Equal(2, code);
        var last = Events(Assert.Single(Directory.GetFiles(Path.Combine(Output, "logs"))))[^1];
        Assert.Equal(("Fails", "Error", error["error: ".Length..].TrimEnd('\n')), (Name(last), last.GetProperty("@l").GetString(), last.GetProperty("Message").GetString()));
    }

    [Fact]
    public async Task Run_NoSuchLevelOrNoSuchExperiment_LeavesNothing()
    {
        var (code, _, error) = await Probe.Run([.. Command, "--log-level", "loud"]);
        Assert.Equal(2, code);
        Assert.Contains("'loud'", error, StringComparison.Ordinal);
        Assert.Contains("'information'", error, StringComparison.Ordinal);
        (code, _, _) = await Probe.Run([.. Command, "--log-level", "debug", "--set", "probe={ target: wings }"]);
        Assert.Equal(2, code);
        Assert.False(Directory.Exists(Output));
    }

    /// <summary>Logs, features and reports say what a run was started with.</summary>
    [Fact]
    public async Task Run_SecretsOnTheCommandLine_StandNowhere()
    {
        const string Secret = "hf_markermarkermarkermarker";
        var (code, text, error) = await Probe.RunOn(1, [.. Command, "--set", $"name={Secret}", "--set", $"note=see https://me:{Secret}@host/", "--log-level", "trace"]);
        Assert.Equal(0, code);
        var log = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(Output, "logs"))));
        Assert.Contains("\"Experiment\":\"***\"", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, log + text + error, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(Output, "*", SearchOption.AllDirectories), path => File.ReadAllText(path).Contains(Secret, StringComparison.Ordinal));

        (code, _, error) = await Probe.Run("run", "a.yaml", $"--{Secret}");
        Assert.Equal(2, code);
        Assert.Contains("***", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }

    private static JsonElement[] Events(string path) => [.. File.ReadAllLines(path).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private static string? Name(JsonElement line) => line.GetProperty("EventId").GetProperty("Name").GetString();
}
