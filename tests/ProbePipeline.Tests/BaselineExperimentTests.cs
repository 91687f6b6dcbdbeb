using System.Security.Cryptography;
using ProbePipeline.Probes.Results;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>The sample experiment in small, with the baselines that are computed on demand, and with either trainer.</summary>
public sealed class BaselineExperimentTests
{
    private static readonly string[] All = ["probe.baselines.otherLabels=[color, shape]", "probe.baselines.randomFeatures=true", "probe.baselines.randomModel=true"];

    [Fact]
    public void Run_AllBaselines_ReachResultsTablesAndReport()
    {
        using var folder = new TemporaryFolder();
        var plain = Run(folder);
        var features = Hashes(folder, "features");

        var results = Run(folder, All);

        // What was computed already is kept, and nothing else changes.
        Assert.Equal(features, Hashes(folder, "features"));
        Assert.Equal(plain.Conditions["intact"].Probes.Select(probe => probe.TestAccuracy), results.Conditions["intact"].Probes.Select(probe => probe.TestAccuracy));
        var random = Assert.Single(results.Baselines.RandomFeatures);
        Assert.Equal(128, random.Width);
        Assert.InRange(random.Probe.TestAccuracy, 0, 0.25);
        var model = results.Baselines.RandomModel!;
        Assert.Equal(("intact", 0L), (model.Condition, model.Seed));
        Assert.Equal(results.Conditions["intact"].Probes.Select(probe => probe.Site), model.Probes.Select(probe => probe.Site));
        Assert.All(model.Probes.Zip(results.Conditions["intact"].Probes), pair => Assert.InRange(pair.First.TestAccuracy, 0, pair.Second.TestAccuracy - 0.3));
        foreach (var (difference, untrained, trained) in model.Differences.Zip(model.Probes, results.Conditions["intact"].Probes))
        {
            Assert.Equal(("intact", "untrained", trained.Site), (difference.Condition, difference.Against, difference.Site));
            Assert.Equal(trained.TestAccuracy - untrained.TestAccuracy, difference.Difference, 1e-12);
            Assert.InRange(difference.Difference, difference.Low, difference.High);
            Assert.True(difference.Tests!.Holm >= difference.Tests.SignFlip);
        }

        Assert.Equal(model.Probes.Length, model.Differences.Length);
        var labels = results.Baselines.OtherLabels!;
        Assert.Equal(["color", "shape"], labels.Fields);
        Assert.InRange(labels.Probe.TestAccuracy, 0, results.Conditions["intact"].Probes[0].TestAccuracy - 0.3);
        Assert.Equal(0, results.Provenance.Seeds["baselines"]);
        Assert.Equal(1 + 1 + 1 + 1 + model.Probes.Length, File.ReadLines(Path.Combine(folder.Path, "report", "tables", "baselines.csv")).Count());
        foreach (var page in new[] { "report.html", "report.md" })
        {
            Assert.Contains("a probe on other labels of the row (color, shape)", File.ReadAllText(Path.Combine(folder.Path, "report", page)), StringComparison.Ordinal);
            Assert.Contains("The same architecture, untrained", File.ReadAllText(Path.Combine(folder.Path, "report", page)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_Again_TakesTheUntrainedStatesFromDiskAndRefusesThoseOfAnotherSeed()
    {
        using var folder = new TemporaryFolder();
        var first = Run(folder, All);
        var features = Hashes(folder, "features-random-model");

        var second = Run(folder, All);

        Assert.Equal(features, Hashes(folder, "features-random-model"));
        Assert.Equal(first.Baselines.RandomModel!.Probes.Select(probe => probe.LogLoss), second.Baselines.RandomModel!.Probes.Select(probe => probe.LogLoss));
        Assert.Throws<Features.FeatureStoreException>(() => Run(folder, [.. All, "probe.baselines.seed=1"]));
    }

    [Fact]
    public void Plan_AllBaselines_TellsWhatTheyCost()
    {
        using var folder = new TemporaryFolder();
        var lines = Read(folder, All).Plan(TestContext.Current.CancellationToken).Lines.Where(line => line.What.Length > 0).ToDictionary(line => line.What, line => line.Value);

        Assert.Equal("a probe on color, shape of every row", lines["other labels"]);
        Assert.Contains("a probe for every width", lines["random features"], StringComparison.Ordinal);
        Assert.StartsWith("72 rows through the same architecture with random weights under intact, a probe at each of 2 sites", lines["random model"], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EitherTrainer_GivesTheSameFigures()
    {
        using var folder = new TemporaryFolder();
        var (lbfgs, batched) = (Run(folder, "probe.trainer=lbfgs"), Run(folder, "probe.trainer=batched"));

        Assert.Equal(("ML.NET L-BFGS, refined by Newton steps", "batched preconditioned L-BFGS"), (lbfgs.Trainer, batched.Trainer));
        foreach (var (one, other) in lbfgs.Conditions.Values.SelectMany(condition => condition.Probes).Zip(batched.Conditions.Values.SelectMany(condition => condition.Probes)))
        {
            Assert.Equal((one.Site, one.L2, one.ValidationAccuracy, one.TestAccuracy, one.ControlAccuracy), (other.Site, other.L2, other.ValidationAccuracy, other.TestAccuracy, other.ControlAccuracy));
            Assert.Equal(one.LogLoss, other.LogLoss, 1e-4);
        }
    }

    private static ExperimentResults Run(TemporaryFolder folder, params string[] overrides) => Read(folder, overrides).Run(cancellation: TestContext.Current.CancellationToken).Results;

    private static Experiment Read(TemporaryFolder folder, params string[] overrides) => Experiment.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        [
            "dataset.images=12", $"model={SampleModel.Folder}", $"output={Path.Combine(folder.Path, "report")}", "capture.sites=[vision.resid_post.4, language.resid_post.3]", "probe.l2=[0.001, 0.1]",
            "probe.bootstrap.count=200", "lens=null", .. overrides,
        ]);

    private static string[] Hashes(TemporaryFolder folder, string store) =>
    [
        .. Directory.GetFiles(Path.Combine(folder.Path, "report", store)).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)} {File.GetLastWriteTimeUtc(file):O} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];
}
