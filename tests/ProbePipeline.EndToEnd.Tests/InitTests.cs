using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

public sealed class InitTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Repository.Root, "data", "models", "partscenes-llava");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Init_ModelAndDataset_WritesAnExperimentThatRuns()
    {
        var file = _folder["mine.yaml"];
        var (code, output, error) = await Probe.Run("init", file, "--model", Sample, "--dataset", "partscenes", "--set", "dataset.images=20");
        Assert.Equal(("", 0, file), (error, code, output.Trim()));
        var (runCode, report, runError) = await Probe.Run("run", file, "--set", "probe.l2=0.1", "--set", "probe.bootstrap.count=200", "--set", $"output={_folder["run"]}");
        Assert.Equal(("", 0), (runError, runCode));
        Assert.Contains(Path.Combine(_folder["run"], "report.html"), report.ReplaceLineEndings(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_FileThatIsThere_IsLeftAlone()
    {
        await File.WriteAllTextAsync(_folder["mine.yaml"], "mine", TestContext.Current.CancellationToken);
        var (code, _, error) = await Probe.Run("init", _folder["mine.yaml"], "--model", Sample, "--dataset", "partscenes");
        Assert.Equal(2, code);
        Assert.Contains("expected the name of a new file", error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["mine.yaml"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("did you mean \"color\"?", "--dataset", "partscenes", "--target", "colour")]
    [InlineData("did you mean \"partscenes\"?", "--dataset", "partscene")]
    [InlineData("from 5 to 1000000", "--dataset", "partscenes", "--set", "dataset.images=0")]
    public async Task Init_WhatCannotBe_IsSaidAndNothingIsWritten(string expected, params string[] arguments)
    {
        var (code, output, error) = await Probe.Run(["init", _folder["mine.yaml"], "--model", Sample, .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["mine.yaml"]));
    }

    public void Dispose() => _folder.Dispose();
}
