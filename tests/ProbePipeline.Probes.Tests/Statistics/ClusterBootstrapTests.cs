using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Tests.Training;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class ClusterBootstrapTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Interval_ScienceCase_LiesAtTheReferences()
    {
        var reference = ScienceProblem.Whole.GetProperty("cluster_bootstrap");
        var correct = reference.GetProperty("correct").EnumerateArray().Select(image => image.EnumerateArray().Select(item => item.GetInt32()).ToArray()).ToArray();
        double[] values = [.. correct.SelectMany(image => image).Select(item => (double)item)];
        int[] images = [.. correct.Index().SelectMany(image => image.Item.Select(_ => image.Index))];

        var (low, high) = new ClusterBootstrap(images, 20_000, 1).Interval(values);

        // SciPy draws with another generator, and one row more or less moves a resample's mean by 1 / 160: bounds agree to about a row.
        Assert.Equal(reference.GetProperty("mean").GetDouble(), values.Average(), 1e-12);
        Assert.Equal(reference.GetProperty("low").GetDouble(), low, 0.01);
        Assert.Equal(reference.GetProperty("high").GetDouble(), high, 0.01);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Interval_AllRowsAlike_IsThatNumber(double value)
    {
        int[] images = [.. Enumerable.Range(0, 50).Select(row => row / 3)];

        Assert.Equal((value, value), new ClusterBootstrap(images, 500, 1).Interval([.. images.Select(_ => value)]));
    }

    [Fact]
    public void Interval_OnePicture_IsItsMean() => Assert.Equal((0.75, 0.75), new ClusterBootstrap([4, 4, 4, 4], 100, 1).Interval([1, 0, 1, 1]));

    [Fact]
    public void Interval_DifferenceOfAVectorWithItself_IsZero()
    {
        int[] images = [.. Enumerable.Range(0, 60).Select(row => row / 2)];
        double[] hits = [.. images.Select((_, row) => row % 3 == 0 ? 0.0 : 1)];

        Assert.Equal((0, 0), new ClusterBootstrap(images, 500, 1).Interval([.. hits.Zip(hits, (one, other) => one - other)]));
    }

    [Fact]
    public void Interval_ConstantAdded_MovesByIt()
    {
        // Only when both means come from the same draws.
        int[] images = [.. Enumerable.Range(0, 60).Select(row => row / 2)];
        double[] values = [.. images.Select((_, row) => row % 7 / 8.0)];
        var bootstrap = new ClusterBootstrap(images, 500, 1);

        var (low, high) = bootstrap.Interval(values);
        var (movedLow, movedHigh) = bootstrap.Interval([.. values.Select(value => value + 1)]);

        Assert.Equal(low + 1, movedLow, 1e-12);
        Assert.Equal(high + 1, movedHigh, 1e-12);
    }

    [Fact]
    public void Interval_SameSeedAndAnother_IsTheSameAndAnother()
    {
        int[] images = [.. Enumerable.Range(0, 60).Select(row => row / 2)];
        double[] values = [.. images.Select((_, row) => Math.Sqrt(row))];

        Assert.Equal(new ClusterBootstrap(images, 500, 3).Interval(values), new ClusterBootstrap(images, 500, 3).Interval(values));
        Assert.Equal(10, Enumerable.Range(0, 10).Select(seed => new ClusterBootstrap(images, 500, seed).Interval(values)).Distinct().Count());
    }

    [Fact]
    public void Interval_RowsOfAPictureAlike_DrawsWholePictures()
    {
        // Ten pictures of ten rows, half of them right: means of whole pictures are tenths.
        int[] images = [.. Enumerable.Range(0, 100).Select(row => row % 10)];
        double[] values = [.. images.Select(image => image < 5 ? 1.0 : 0)];
        double[] means = [.. Enumerable.Range(0, 50).Select(seed => new ClusterBootstrap(images, 1, seed).Interval(values).Low)];

        Assert.All(means, mean => Assert.Equal(Math.Round(mean * 10), mean * 10, 1e-9));
        Assert.InRange(means.Distinct().Count(), 4, 10);
    }

    [Fact]
    public void Interval_UnequalRowsAPicture_IsAMeanOverRows()
    {
        // A picture of three right rows, one of a wrong row: of two draws both pictures come to 3 of 4.
        double[] means = [.. Enumerable.Range(0, 50).Select(seed => new ClusterBootstrap([0, 1, 0, 0], 1, seed).Interval([1, 0, 1, 1]).Low)];

        Assert.Equal([0, 0.75, 1], means.Distinct().Order());
    }

    [Fact]
    public void Interval_NormalMeans_CoversAboutTwoStandardErrorsEachWay()
    {
        double[] values = [.. SyntheticFeatures.Noise(400, 1).Select(value => (double)value)];
        var mean = values.Average();
        var error = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) / 400);

        var (low, high) = new ClusterBootstrap([.. Enumerable.Range(0, 400)], 5000, 1).Interval(values);

        Assert.Equal(-1.96, (low - mean) / error, 0.15);
        Assert.Equal(1.96, (high - mean) / error, 0.15);
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void StandardError_ScienceCase_IsSciPys()
    {
        var reference = ScienceProblem.Whole.GetProperty("cluster_bootstrap");
        double[] values = [.. reference.GetProperty("correct").EnumerateArray().SelectMany(image => image.EnumerateArray()).Select(item => item.GetDouble())];

        var error = new ClusterBootstrap([.. values.Select((_, row) => row / 4)], 20_000, 1).StandardError(values);

        Assert.Equal(reference.GetProperty("standard_error").GetDouble(), error, 0.001);
    }

    [Fact]
    public void StandardError_TwoResamples_IsTheirDistanceOverRootTwo()
    {
        // The interval of two numbers goes from 2.5 to 97.5 % of their distance.
        var errors = Enumerable.Range(0, 10).Select(seed => new ClusterBootstrap([0, 1, 2], 2, seed)).Select(bootstrap =>
        {
            var (low, high) = bootstrap.Interval([0, 1, 5]);
            Assert.Equal((high - low) / 0.95 / Math.Sqrt(2), bootstrap.StandardError([0, 1, 5]), 1e-12);
            return high - low;
        }).ToArray();
        Assert.Contains(errors, error => error > 0.5);
    }

    [Fact]
    public void StandardError_OneResample_IsZero() => Assert.Equal(0, new ClusterBootstrap([0, 1, 2], 1, 1).StandardError([0, 1, 5]));

    [Fact]
    public void Interval_StatisticOfSeveralMeans_SeesMeansOfTheSameDraws()
    {
        int[] images = [.. Enumerable.Range(0, 60).Select(row => row / 2)];
        double[] values = [.. images.Select((_, row) => 1 + (row % 7))];
        var bootstrap = new ClusterBootstrap(images, 500, 1);

        var (low, high) = bootstrap.Interval(means => means[1] / means[0], values, [.. values.Select(value => 3 * value)]);

        Assert.Equal(3, low, 1e-12);
        Assert.Equal(3, high, 1e-12);
    }

    [Fact]
    public void Interval_OfAShare_CoversItInNinetyFiveOfAHundredRuns()
    {
        // 120 pictures of four rows; a picture's own chance varies around the share, so that rows of a picture are alike. 4 000 runs with PROBE_LONG=1.
        var runs = Environment.GetEnvironmentVariable("PROBE_LONG") == "1" ? 4000 : 300;
        int[] images = [.. Enumerable.Range(0, 480).Select(row => row / 4)];
        foreach (var share in new[] { 0.2, 0.5, 0.8 })
        {
            var covered = Enumerable.Range(0, runs).AsParallel().Count(run =>
            {
                var random = new RandomStream(run, FormattableString.Invariant($"coverage {share}"));
                double Uniform() => random.Below(1 << 30) / (double)(1 << 30);
                double[] chances = [.. Enumerable.Range(0, 120).Select(_ => Math.Clamp(share + (0.4 * (Uniform() - 0.5)), 0, 1))];
                var (low, high) = new ClusterBootstrap(images, 400, run).Interval([.. images.Select(image => Uniform() < chances[image] ? 1.0 : 0)]);
                return low <= share && share <= high;
            });
            // The interval's own bounds, and three standard deviations of so few runs.
            var slack = 3 * Math.Sqrt(0.95 * 0.05 / runs);
            var coverage = (double)covered / runs;
            TestContext.Current.SendDiagnosticMessage(FormattableString.Invariant($"share {share}: {coverage:p1} of {runs} intervals cover it"));
            Assert.InRange(coverage, runs == 4000 ? 0.93 : 0.95 - slack - 0.01, runs == 4000 ? 0.97 : 0.95 + slack);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Interval_ValuesOfOtherRows_AreRefused(int count)
    {
        var bootstrap = new ClusterBootstrap([0, 0, 1, 1], 10, 1);

        var message = Assert.Throws<ProbeException>(() => bootstrap.Interval(new double[count])).Message;

        Assert.Equal($"bootstrap: expected a number for each of 4 rows; found {count}", message);
    }
}
