using ProbePipeline.Options;
using ProbePipeline.Probes.Results;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>Experiments that leave out what the sample has: each part of the report must do without the others.</summary>
public sealed class FewerPartsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_WithoutProbes_ReportsAnswersAlone()
    {
        var results = Run("probe=null");
        Assert.All(results.Conditions.Values, condition =>
        {
            Assert.NotNull(condition.Answer);
            Assert.Empty(condition.Probes);
        });
        Assert.Null(results.Baselines.Pixels);
    }

    [Fact]
    public void Run_WithoutAnswersAndLens_ReportsProbesAlone()
    {
        var results = Run("answer=null", "lens=null", "capture.sites=[vision.resid_post.4]");
        Assert.All(results.Conditions.Values, condition =>
        {
            Assert.Null(condition.Answer);
            Assert.NotNull(condition.BestProbe);
        });
    }

    [Theory]
    [InlineData("last")]
    [InlineData("question-mean")]
    [InlineData("image-mean")]
    public void Run_ProbesThatReadNoRegion_AreReported(string pooling) =>
        Assert.All(Run("capture.sites=[language.resid_post.3]", $"capture.pooling={pooling}", "probe.maps=true").Conditions.Values, condition => Assert.NotNull(condition.BestProbe));

    public void Dispose() => _folder.Dispose();

    private ExperimentResults Run(params string[] set) => new Experiment(ExperimentFile.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        [
            $"model='{SampleModel.Folder}'", "dataset.images=20", "conditions={ intact: [], decoder-cut: [{ tower: language, from: image, to: image }] }", "capture.sites=[projector]",
            .. set.Contains("probe=null") ? Array.Empty<string>() : ["probe.l2=0.1", "probe.bootstrap.count=100"], $"output='{_folder["run"]}'", .. set,
        ])).Run(cancellation: TestContext.Current.CancellationToken).Results;
}
