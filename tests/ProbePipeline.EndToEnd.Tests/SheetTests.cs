using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

public sealed class SheetTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Repository.Root, "data", "models", "partscenes-llava");
    private static readonly string Experiment = Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Look_Experiment_WritesAPageOfItsRows()
    {
        var (code, output, error) = await Probe.Run("dataset", "look", Experiment, "--set", $"model={Sample}", "--set", "dataset.images=10", "--rows", "5", "--to", _folder["look.html"]);
        Assert.Equal("", error);
        Assert.Equal((0, _folder["look.html"]), (code, output.Trim()));
        var page = await File.ReadAllTextAsync(_folder["look.html"], TestContext.Current.CancellationToken);
        Assert.Equal(5, page.Split("<figure>").Length - 1);
        Assert.Contains("What is the red part?", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Tokens_WritesAPageOfEveryCondition()
    {
        var (code, output, error) = await Probe.Run("inspect", Sample, "--experiment", Experiment, "--tokens", _folder["tokens.html"]);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains(_folder["tokens.html"], output, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(_folder["tokens.html"], TestContext.Current.CancellationToken);
        Assert.Contains("Condition region-only", page, StringComparison.Ordinal);
        Assert.Contains("language, keys: outside", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tokens goes with --experiment", "inspect", "folder", "--tokens", "page.html")]
    [InlineData("--row with --tokens", "inspect", "folder", "--row", "scene-00000/red-circle")]
    [InlineData("--rows: expected a number from 1", "dataset", "look", "file.yaml", "--rows", "0")]
    [InlineData("there is no such file", "dataset", "look", "file.yaml")]
    public async Task Sheets_WhatCannotBe_IsSaidInOneLine(string expected, params string[] arguments)
    {
        var (code, output, error) = await Probe.Run(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
