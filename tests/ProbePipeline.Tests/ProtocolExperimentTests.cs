using ProbePipeline.Probes;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>The sample experiment in small, with every protocol that goes beyond one split.</summary>
public sealed class ProtocolExperimentTests
{
    [Fact]
    public void Run_EveryProtocol_ReachesResultsAndReport()
    {
        using var folder = new TemporaryFolder();
        var results = Read(
            folder, "probe.split.order=random", "probe.split.folds=4", "probe.split.repeats=2", "probe.learningCurve={ shares: [0.5, 1] }", "probe.codeLength={}", "probe.control.seeds=2")
            .Run(cancellation: TestContext.Current.CancellationToken).Results;

        Assert.Equal((4, 2, results.Rows), (results.Split.Folds, results.Split.Repeats, results.Split.Test.Rows));
        foreach (var condition in results.Conditions.Values)
        {
            // Every row is a test row, for the answers too.
            Assert.Equal(condition.Answer!.Accuracy, condition.Answer.TestAccuracy);
            var probe = Assert.Single(condition.Probes);
            Assert.Equal((4, 2, 2), (probe.Folds.Length, probe.Repeats!.TestAccuracies.Length, probe.LearningCurve.Length));
            Assert.Equal(probe.TestAccuracy, probe.LearningCurve[1].TestAccuracy);
            Assert.InRange(probe.TestAccuracy, probe.Folds.Min(fold => fold.TestAccuracy), probe.Folds.Max(fold => fold.TestAccuracy));
            Assert.NotNull(probe.ControlDeviation);
            Assert.NotNull(probe.CodeLength!.ControlBits);
            Assert.NotNull(probe.Information!.Low);
        }

        Assert.All(results.Confusions, confusion => Assert.Equal(results.Rows, confusion.Counts.Sum(row => row.Sum())));
        Assert.All(results.Confusions, confusion => Assert.Equal(
            Math.Round(results.Conditions[confusion.Condition].Probes[0].TestAccuracy * results.Rows), confusion.Counts.Select((row, label) => row[label]).Sum()));
        var difference = results.Comparisons.Single(comparison => comparison.Site is not null);
        Assert.Equal(results.Conditions["vision-cut"].Probes[0].TestAccuracy - results.Conditions["intact"].Probes[0].TestAccuracy, difference.Difference, 1e-12);
        Assert.Equal((0L, 0L, 0L), (results.Provenance.Seeds["split"], results.Provenance.Seeds["learning curve"], results.Provenance.Seeds["code length"]));
        foreach (var page in new[] { "report.html", "report.md" })
        {
            var text = File.ReadAllText(Path.Combine(folder.Path, "report", page));
            Assert.All(["How much depends on the split", "Accuracy by training size", "Information in bits"], title => Assert.Contains(title, text, StringComparison.Ordinal));
        }

        Assert.Equal(1 + (2 * 4), File.ReadLines(Path.Combine(folder.Path, "report", "tables", "folds.csv")).Count(line => !line.StartsWith(',')));
    }

    [Fact]
    public void Plan_EveryProtocol_TellsFoldsAndFits()
    {
        using var folder = new TemporaryFolder();
        var lines = Read(folder, "probe.split.order=random", "probe.split.folds=4", "probe.split.repeats=2", "probe.learningCurve={ shares: [0.5, 1] }", "probe.control.seeds=2")
            .Plan(TestContext.Current.CancellationToken).Lines.Where(line => line.What.Length > 0).ToDictionary(line => line.What, line => line.Value);

        Assert.EndsWith(", in 4 folds (train and validation: of the first), 2 such splits", lines["rows"], StringComparison.Ordinal);
        // At each of two places 4 folds x 2 penalties, for the task, two controls, half of the pictures, and the second split.
        Assert.Contains("2 times as many control tasks; 80 fits in all", lines["probes"], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MoreFoldsThanPictures_IsNamedBeforeAnyForward()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<ProbeException>(() => Read(folder, "probe.split.folds=41").Run(cancellation: TestContext.Current.CancellationToken));

        Assert.Contains("found 40 for 41 folds", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "report")));
    }

    private static Experiment Read(TemporaryFolder folder, params string[] overrides) => Experiment.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        [
            "dataset.images=40", $"model={SampleModel.Folder}", $"output={Path.Combine(folder.Path, "report")}", "probe.bootstrap.count=200", "probe.l2=[1e-3, 1e-1]", "lens=null", "capture.sites=vision.resid_post.4",
            "conditions.decoder-cut=null", "conditions.both-cut=null", "conditions.region-only=null", .. overrides,
        ]);
}
