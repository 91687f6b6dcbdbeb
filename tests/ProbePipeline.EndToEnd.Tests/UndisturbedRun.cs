using System.Diagnostics;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>A tiny run of many chunks, a picture each, that nothing disturbs: what a disturbed one has to come to. It captures states and answers, and trains one probe a condition.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    private const int Pictures = 12;

    /// <summary>Chunks in all, under both conditions.</summary>
    public const int Chunks = 2 * Pictures;

    private readonly TemporaryFolder _folder = new();

    /// <summary>How long the command took, its start included.</summary>
    public TimeSpan Duration { get; private set; }

    private string Output => _folder["undisturbed"];

    /// <summary>The command with another output folder.</summary>
    public static string[] Command(string output)
    {
        string[] sets =
        [
            $"output={output}", $"model={SavedRun.Model}", FormattableString.Invariant($"dataset.images={Pictures}"), "capture.chunkPictures=1", "capture.sites=[vision.resid_post.4]",
            "conditions.decoder-cut=null", "conditions.both-cut=null", "conditions.region-only=null", "lens=null",
            "probe.l2=[1]", "probe.control=null", "probe.bootstrap.count=100",
        ];
        return ["run", Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"), .. sets.SelectMany(set => new[] { "--set", set })];
    }

    /// <summary>The chunks in an output folder, by name with the time of their writing.</summary>
    public static Dictionary<string, DateTime> ChunksIn(string output) => Directory.Exists(Path.Combine(output, "features"))
        ? Directory.GetFiles(Path.Combine(output, "features"), "chunk-*.safetensors").ToDictionary(path => Path.GetFileName(path), File.GetLastWriteTimeUtc)
        : [];

    public async ValueTask InitializeAsync()
    {
        var watch = Stopwatch.StartNew();
        var (code, _, error) = await Probe.RunOn(1, Command(Output));
        Duration = watch.Elapsed;
        Assert.Equal(("", 0), (error, code));
        Assert.Equal(Chunks, ChunksIn(Output).Count);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>That whatever lies among the features of a disturbed run under its final name is what lies here, to the byte.</summary>
    public void RequireWholeFiles(string output)
    {
        foreach (var path in Directory.Exists(Path.Combine(output, "features")) ? Directory.GetFiles(Path.Combine(output, "features")) : [])
        {
            var name = Path.GetFileName(path);
            Assert.True(
                name.EndsWith(".tmp", StringComparison.Ordinal) || File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Output, "features", name))),
                $"{path} is not what an undisturbed run writes");
        }
    }

    /// <summary>That a disturbed run has come to the same features and is whole.</summary>
    public async Task RequireSameFeatures(string output)
    {
        RequireWholeFiles(output);
        Assert.Equal(Directory.GetFiles(Path.Combine(Output, "features")).Select(Path.GetFileName).Order(), Directory.GetFiles(Path.Combine(output, "features")).Select(Path.GetFileName).Order());
        var (code, text, error) = await Probe.Run("verify", output);
        Assert.Equal(("", $"{output}: whole\n", 0), (error, text, code));
    }
}
