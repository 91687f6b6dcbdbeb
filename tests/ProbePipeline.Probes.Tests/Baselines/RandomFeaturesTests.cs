using System.Collections.Immutable;
using ProbePipeline.Probes.Baselines;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests.Baselines;

public sealed class RandomFeaturesTests
{
    [Fact]
    public void Of_ManyNumbers_AreStandardNormal()
    {
        var features = RandomFeatures.Of(500, 40, 3);
        double[] values = [.. Enumerable.Range(0, 500).SelectMany(row => features[row].ToArray()).Select(value => (double)value)];

        // 20 000 numbers: the mean lies within 5 / sqrt(20 000) of 0, and so on.
        Assert.Equal(0, values.Average(), 0.035);
        Assert.Equal(1, values.Average(value => value * value), 0.05);
        Assert.Equal(3, values.Average(value => value * value * value * value), 0.35);
        Assert.Equal(0.6827, values.Average(value => Math.Abs(value) < 1 ? 1.0 : 0), 0.02);
    }

    [Fact]
    public void Of_SameSeed_IsTheSameAndOtherwiseAnother()
    {
        Assert.Equal(RandomFeatures.Of(4, 3, 1)[2].ToArray(), RandomFeatures.Of(4, 3, 1)[2].ToArray());
        Assert.NotEqual(RandomFeatures.Of(4, 3, 1)[2].ToArray(), RandomFeatures.Of(4, 3, 2)[2].ToArray());
        Assert.NotEqual(RandomFeatures.Of(4, 3, 1)[0].ToArray(), RandomFeatures.Of(4, 6, 1)[0][..3].ToArray());
    }

    [Fact]
    public void Run_AProbeOnThem_IsAtChance()
    {
        ImmutableArray<int> images = [.. Enumerable.Range(0, 1000)];
        ImmutableArray<int> labels = [.. images.Select(image => image * 7 / 4 % 4)];
        var split = RowSplit.ByOrder(images, 0.6, 0.2);
        var study = new ProbeStudy { Rows = new LabeledRows(["a", "b", "c", "d"], labels, images, split), L2 = [1e-3, 1e-1], Bootstrap = new ClusterBootstrap([.. split.Test], 500, 0) };

        var result = study.Run(new ProbeSite("random-16", "none", -1, OnPath: false), RandomFeatures.Of(1000, 16, 0), TestContext.Current.CancellationToken).Result;

        Assert.InRange(0.25, result.Low, result.High);
    }
}
