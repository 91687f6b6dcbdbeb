using System.Text.Json;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary><c>probe run</c> as people use it, on few pictures, conditions and sites.</summary>
public sealed class RunTests : IDisposable
{
    private static readonly string File = Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml");

    private static readonly string[] Small =
    [
        "--set", $"model={Path.Combine(Repository.Root, "data", "models", "partscenes-llava")}", "--set", "dataset.images=24", "--set", "capture.chunkPictures=4",
        "--set", "capture.sites=[vision.resid_post.4, language.resid_post.3]", "--set", "conditions.decoder-cut=null", "--set", "conditions.both-cut=null",
        "--set", "probe.l2=[1e-2, 1e-1]", "--set", "probe.bootstrap.count=100",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What is refused is shown, but not the password in it.</summary>
    [Theory]
    [InlineData("model=https://user:marker@host/model", "https://***@host/model")]
    [InlineData("dataset.images=hf_markermarkermarker", "***")]
    public async Task Run_OverrideWithASecret_IsRefusedWithoutShowingIt(string change, string shown)
    {
        var (code, text, error) = await Probe.Run("run", File, "--set", change);
        Assert.Equal(2, code);
        Assert.Contains(shown, error, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", text + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThenReportAndExport_WritesEverythingAndSaysWhere()
    {
        var output = _folder["report"];
        var (code, text, error) = await Run(output);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("forwards: 144 rows", text, StringComparison.Ordinal);
        Assert.Contains("144 of 144 rows", text, StringComparison.Ordinal);
        Assert.Contains("probes: 6 probes", text, StringComparison.Ordinal);
        Assert.Matches(@"vision-cut +0\.\d{3} \(0\.\d{3} to [01]\.\d{3}\) +0\.\d{3}", text);
        Assert.Contains($"report: {Path.Combine(output, "report.html")}", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        using var results = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(output, "results.json")));
        var root = results.RootElement;
        Assert.Equal((1, 144, 24), (root.GetProperty("schemaVersion").GetInt32(), root.GetProperty("rows").GetInt32(), root.GetProperty("images").GetInt32()));
        Assert.Equal(["intact", "vision-cut", "region-only"], root.GetProperty("conditions").EnumerateObject().Select(condition => condition.Name));
        var intact = root.GetProperty("conditions").GetProperty("intact");
        foreach (var name in new[] { "accuracy", "testAccuracy", "rows", "low", "high" })
        {
            Assert.Equal(JsonValueKind.Number, intact.GetProperty("answer").GetProperty(name).ValueKind);
        }

        foreach (var name in new[] { "layer", "l2", "validationAccuracy", "testAccuracy", "low", "high", "controlAccuracy", "selectivity", "majority" })
        {
            Assert.Equal(JsonValueKind.Number, intact.GetProperty("probes")[0].GetProperty(name).ValueKind);
        }

        Assert.Equal(6, intact.GetProperty("lens").GetArrayLength());
        foreach (var name in new[] { "report.html", "report.md", "chart.png", "chart.svg", "tables/probes.csv", "tables/probes.parquet", "features/manifest.json" })
        {
            Assert.True(new FileInfo(Path.Combine(output, name)).Length > 0, name);
        }

        var page = System.IO.File.ReadAllBytes(Path.Combine(output, "report.html"));
        System.IO.File.Delete(Path.Combine(output, "report.html"));
        Assert.Equal(0, (await Probe.Run("report", output)).ExitCode);
        Assert.Equal(page, System.IO.File.ReadAllBytes(Path.Combine(output, "report.html")));

        Assert.Equal(0, (await Probe.Run("features", "export", Path.Combine(output, "features"), "--format", "npy", "--to", _folder["npy"])).ExitCode);
        Assert.True(System.IO.File.Exists(Path.Combine(_folder["npy"], "vision-cut", "vision.resid_post.4.npy")));
        Assert.Equal(0, (await Probe.Run("features", "export", Path.Combine(output, "features"), "--format", "parquet", "--to", _folder["parquet"])).ExitCode);
        Assert.Equal(["intact.parquet", "region-only.parquet", "vision-cut.parquet"], Directory.GetFiles(_folder["parquet"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

        var before = System.IO.File.ReadAllBytes(Path.Combine(output, "results.json"));
        await Refused(["run", File, .. Small, "--set", $"output={output}", "--set", "dataset.seed=12"], "made from something else");
        Assert.Equal(before, System.IO.File.ReadAllBytes(Path.Combine(output, "results.json")));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("KILL", 137)]
    public async Task Run_Stopped_GoesOnFromThereToTheSameResults(string signal, int expected)
    {
        var (output, whole) = (_folder["stopped"], _folder["whole"]);
        string[] Chunks() => Directory.Exists(Path.Combine(output, "features")) ? Directory.GetFiles(Path.Combine(output, "features"), "chunk-*.safetensors") : [];
        var stopped = await Probe.RunUntil((signal, () => Chunks().Length >= 3), ["run", File, .. Small, "--set", $"output={output}"]);
        Assert.Equal(expected, stopped.ExitCode);
        Assert.DoesNotContain("   at ", stopped.Error, StringComparison.Ordinal);
        var kept = Chunks().ToDictionary(path => path, System.IO.File.GetLastWriteTimeUtc);
        Assert.InRange(kept.Count, 3, 17);
        // What can end cleanly leaves nothing half-written, the chunk in hand included.
        Assert.True(signal == "KILL" || Directory.GetFiles(output, "*.tmp", SearchOption.AllDirectories).Length == 0);

        Assert.Equal(0, (await Run(output)).ExitCode);
        Assert.All(kept, chunk => Assert.Equal(chunk.Value, System.IO.File.GetLastWriteTimeUtc(chunk.Key)));
        Assert.Equal(0, (await Run(whole)).ExitCode);
        Assert.Equal(Conditions(whole), Conditions(output));
        Assert.Empty(Directory.GetFiles(output, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Run_Dry_SaysWhatItCostsAndWritesNothing()
    {
        var (code, text, error) = await Run(_folder["dry"], "--dry-run");
        Assert.Equal(("", 0), (error, code));
        Assert.Matches("forwards +432 rows and conditions: ", text);
        Assert.Matches("tokens +[0-9]+ through the decoder, of 33696 without sharing", text);
        Assert.Matches("features +[0-9.]+ MB", text);
        Assert.Contains("ways left: vision: outside to region none; language: outside to region none; language: outside to last none", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["dry"]));
    }

    [Theory]
    [InlineData("capture.sites=[vision.resid_post.17]", "vision.resid_post.17")]
    [InlineData("answer.choices=[wheel, light, window]", "answer.choices: expected every class of the target part; eye, nose,")]
    [InlineData("answer.question=What is the {size} part?", "size")]
    [InlineData("dataset.images=5", "expected rows of")]
    [InlineData("capture.device=cuda:0", "cuda")]
    [InlineData("probe.l2=-1", "--set probe.l2=-1")]
    public async Task Run_WhatDoesNotFit_IsNamedBeforeAnythingIsWritten(string change, string named)
    {
        await Refused(["run", File, .. Small, "--set", $"output={_folder["out"]}", "--set", change], named);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task Run_FileWithMistakes_NamesAllOfThemWithTheirPlaces()
    {
        System.IO.File.WriteAllText(_folder["wrong.yaml"], "modl: x\ndataset: { name: partscenes, images: many }\nconditions: { intact: [] }\n");
        var error = await Refused(["run", _folder["wrong.yaml"]], "wrong.yaml(1,1): modl: this key is not known");
        Assert.Contains("wrong.yaml(2,38): dataset.images: found \"many\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MissingFileOrModel_SaysWhatIsMissing()
    {
        await Refused(["run", _folder["none.yaml"]], "there is no such file");
        await Refused(["run", File, "--set", $"model={_folder["none"]}"], "which is no folder");
        await Refused(["report", _folder["none"]], "there is no such file");
        await Refused(["features", "export", _folder["none"], "--format", "npy", "--to", _folder["to"]], "expected a feature store");
    }

    [Fact]
    public async Task DatasetExport_WritesPicturesMasksAndAManifest()
    {
        var (code, text, error) = await Probe.Run("dataset", "export", "partscenes", "--images", "3", "--to", _folder["scenes"]);
        Assert.Equal(("", 0), (error, code));
        Assert.Contains("3 pictures with 18 parts", text, StringComparison.Ordinal);
        Assert.Equal(18, System.IO.File.ReadAllLines(Directory.GetFiles(_folder["scenes"], "*.jsonl").Single()).Length);
        await Refused(["dataset", "export", "nothing", "--to", _folder["other"]], "partscenes");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    [InlineData("report")]
    [InlineData("verify")]
    [InlineData("dataset export")]
    [InlineData("features export")]
    public async Task Help_OfACommand_TeachesByExample(string command)
    {
        var (code, text, _) = await Probe.Run([.. command.Split(' '), "--help"]);
        Assert.Equal(0, code);
        Assert.Contains($"  probe {command} ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lbfgs")]
    [InlineData("batched")]
    public async Task Run_SameFeaturesOnOneCore_GivesTheSameResultsToTheByte(string trainer)
    {
        string[] arguments =
        [
            "run", File, .. Small, "--set", $"output={_folder["report"]}", "--set", $"probe.trainer={trainer}", "--set", "probe.split={ order: random, folds: 3, repeats: 2 }", "--set", "probe.codeLength={}",
            "--set", "probe.erasure={ other: color }", "--set", "probe.baselines={ randomFeatures: true }", "--set", "probe.targets={ numeric: [region.area], labels: [color] }",
        ];
        Assert.Equal((0, ""), await Probe.RunOn(3, arguments) is var first ? (first.ExitCode, first.Error) : default);
        var results = System.IO.File.ReadAllBytes(Path.Combine(_folder["report"], "results.json"));
        System.IO.File.Delete(Path.Combine(_folder["report"], "results.json"));

        Assert.Equal((0, ""), await Probe.RunOn(1, arguments) is var second ? (second.ExitCode, second.Error) : default);

        Assert.Equal(results, System.IO.File.ReadAllBytes(Path.Combine(_folder["report"], "results.json")));
    }

    private static Task<(int ExitCode, string Output, string Error)> Run(string output, params string[] more) => Probe.Run(["run", File, .. Small, "--set", $"output={output}", .. more]);

    private static async Task<string> Refused(string[] arguments, string named)
    {
        var (code, output, error) = await Probe.Run(arguments);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        return error;
    }

    private static string Conditions(string folder)
    {
        using var results = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(folder, "results.json")));
        return results.RootElement.GetProperty("conditions").GetRawText();
    }
}
