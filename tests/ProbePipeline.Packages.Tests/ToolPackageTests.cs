using System.Text.Json;
using ProbePipeline.Testing;

namespace ProbePipeline.Packages.Tests;

/// <summary>The command as <c>dotnet tool install</c> brings it.</summary>
[Collection(nameof(PackedFolderCollection))]
[Trait("Category", "Packages")]
public sealed class ToolPackageTests(PackedFolder packed)
{
    [Fact]
    public async Task Tool_InstalledFromTheFolder_RunsTheSample()
    {
        var folder = packed["tool"];
        await DotNet.Run(packed.Packages, "tool", "install", "probe-pipeline", "--tool-path", folder, "--version", packed.Version, "--source", packed.Packages);
        var probe = Path.Combine(folder, OperatingSystem.IsWindows() ? "probe.exe" : "probe");

        Assert.Equal(packed.Version, (await DotNet.RunProgram(folder, probe, "--version")).Trim().Split('+')[0]);
        Assert.Contains("probe [command]", await DotNet.RunProgram(folder, probe, "--help"), StringComparison.Ordinal);

        // The README's command, on fewer pictures and sites.
        var output = packed["sample"];
        await DotNet.RunProgram(
            Repository.Root, probe, "run", "data/experiments/partscenes.yaml", "--set", $"output={output}", "--set", "dataset.images=24", "--set", "capture.sites=[language.resid_post.3]",
            "--set", "conditions.decoder-cut=null", "--set", "conditions.both-cut=null", "--set", "probe.l2=[1e-2]", "--set", "probe.bootstrap.count=100");

        using var results = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(output, "results.json"), TestContext.Current.CancellationToken));
        Assert.Equal(144, results.RootElement.GetProperty("rows").GetInt32());
        Assert.True(File.Exists(Path.Combine(output, "report.html")));
    }
}
