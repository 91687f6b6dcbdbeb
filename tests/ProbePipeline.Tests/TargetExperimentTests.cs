using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>The sample experiment in small, with numbers and sets of labels beside the classes.</summary>
public sealed class TargetExperimentTests
{
    [Fact]
    public void Run_NumbersAndLabels_ReachResultsTablesAndReport()
    {
        using var folder = new TemporaryFolder();
        var results = Read(folder, "probe.targets={ numeric: [region.area, region.y], labels: [color] }").Run(cancellation: TestContext.Current.CancellationToken).Results;

        Assert.Equal(["region.area", "region.y"], results.NumericTargets.Select(result => result.Target).Distinct());
        Assert.Equal(2 * results.Conditions.Count, results.NumericTargets.Length);
        // How many patches a region covers, their mean tells.
        Assert.All(results.NumericTargets.Where(result => result.Target == "region.area"), result => Assert.InRange(result.R2, 0.4, 1));
        Assert.Equal(results.Conditions.Count, results.LabelSets.Length);
        Assert.All(results.LabelSets, set => Assert.Equal("picture.color", set.Target));
        foreach (var page in new[] { "report.html", "report.md" })
        {
            var text = File.ReadAllText(Path.Combine(folder.Path, "report", page));
            Assert.All(["Other targets", " of region.y on test rows", "Macro F1 of picture.color on test rows", "read by ridge regression"], title => Assert.Contains(title, text, StringComparison.Ordinal));
        }

        Assert.Equal(1 + results.NumericTargets.Length, File.ReadLines(Path.Combine(folder.Path, "report", "tables", "numeric-targets.csv")).Count());
        Assert.Equal(1 + results.LabelSets.Sum(set => set.Labels.Length), File.ReadLines(Path.Combine(folder.Path, "report", "tables", "labels.csv")).Count());
    }

    [Fact]
    public void Plan_NumbersAndLabels_NamesThem()
    {
        using var folder = new TemporaryFolder();
        var lines = Read(folder, "probe.targets={ numeric: [region.x], labels: [part] }").Plan(TestContext.Current.CancellationToken).Lines;

        Assert.Matches(@"^region\.x, picture\.part \(\d+ labels\), at 1 sites under 2 conditions$", lines.Single(line => line.What == "other targets").Value);
    }

    [Fact]
    public void Run_FieldOfWords_IsNoNumber()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<ProbeException>(() => Read(folder, "probe.targets.numeric=[color]").Run(cancellation: TestContext.Current.CancellationToken));

        Assert.StartsWith("probe.targets.numeric: target color: expected a number in every row; found \"", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "report")));
    }

    [Theory]
    [InlineData("probe.targets.numeric=[region.depth]", "probe.targets.numeric")]
    [InlineData("probe.targets.numeric=[size]", "found the field \"size\"")]
    [InlineData("probe.targets.labels=[size]", "found the field \"size\"")]
    public void Read_FieldThatRowsDoNotHave_IsRefused(string set, string message)
    {
        using var folder = new TemporaryFolder();

        Assert.Contains(message, Assert.Throws<ExperimentFileException>(() => Read(folder, set)).Message, StringComparison.Ordinal);
    }

    private static Experiment Read(TemporaryFolder folder, params string[] overrides) => Experiment.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        [
            "dataset.images=40", $"model={SampleModel.Folder}", $"output={Path.Combine(folder.Path, "report")}", "probe.bootstrap.count=200", "probe.l2=[1e-3, 1e-1]", "lens=null", "capture.sites=vision.resid_post.2",
            "conditions.decoder-cut=null", "conditions.both-cut=null", "conditions.region-only=null", .. overrides,
        ]);
}
