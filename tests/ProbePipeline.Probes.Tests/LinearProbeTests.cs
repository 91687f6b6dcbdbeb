using System.Collections.Immutable;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests;

public sealed class LinearProbeTests
{
    private static readonly ImmutableArray<int> Labels = [.. Enumerable.Range(0, 60).Select(row => row % 3)];
    private static readonly FeatureMatrix Features = SyntheticFeatures.Separable(Labels, 6, 3, distance: 1.5f);

    [Fact]
    public void Probabilities_TestRows_AreThoseOfTheStudy()
    {
        var outcome = Run();
        var test = Study.Rows.Split.Test;

        Assert.Equal(outcome.TestProbabilities.SelectMany(row => row), outcome.Probe.Probabilities(Features, test).SelectMany(row => row));
        Assert.Equal(outcome.TestPredictions, outcome.Probe.Predict(Features, test));
        Assert.Equal(outcome.Result.L2, outcome.Probe.L2);
    }

    [Fact]
    public void Probabilities_VectorsOfAnotherWidth_SaysWhichItExpects()
    {
        var error = Assert.Throws<ProbeException>(() => Run().Probe.Probabilities(SyntheticFeatures.Separable(Labels, 5, 3), [0]));

        Assert.Contains("6 numbers", error.Message, StringComparison.Ordinal);
        Assert.Contains("found 5", error.Message, StringComparison.Ordinal);
    }

    private static ProbeStudy Study
    {
        get
        {
            ImmutableArray<int> images = [.. Enumerable.Range(0, 60)];
            var split = RowSplit.ByOrder(images, 0.6, 0.2);
            return new ProbeStudy
            {
                Rows = new LabeledRows(["a", "b", "c"], Labels, images, split),
                L2 = [1e-3, 1e-1],
                Bootstrap = new ClusterBootstrap([.. split.Test], 100, 0),
            };
        }
    }

    private static ProbeOutcome Run() => Study.Run(new ProbeSite("vision.resid_post.0", "vision", 0), Features, TestContext.Current.CancellationToken);
}
