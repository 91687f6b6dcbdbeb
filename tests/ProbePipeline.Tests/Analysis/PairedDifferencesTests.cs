using ProbePipeline.Analysis;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Tests.Analysis;

public sealed class PairedDifferencesTests
{
    private static readonly int[] Images = [.. Enumerable.Range(0, 200).Select(row => row / 2)];
    private static readonly PairedDifferences Differences = new(new ClusterBootstrap(Images, 2000, 1), new SignFlipTest(Images, 2000, 1));

    [Fact]
    public void Of_HitsLost_HasDifferenceIntervalAndTestsThatAgree()
    {
        // 40 of 200 rows are lost, in 40 pictures.
        double[] before = [.. Images.Select(_ => 1.0)];
        double[] after = [.. Images.Select((image, row) => row % 2 == 0 && image < 40 ? 0.0 : 1)];

        var (difference, low, high, tests) = Differences.Of(after, before);

        Assert.Equal(-0.2, difference, 1e-12);
        Assert.InRange(low, -0.26, -0.23);
        Assert.InRange(high, -0.17, -0.14);
        Assert.Equal(1.0 / 2001, tests.SignFlip, 1e-12);
        Assert.Equal(McNemarTest.PValue(0, 40), tests.McNemar);
        // The standard error of a share of 0.4 pictures, half a row each: sqrt(0.24 / 100) / 2.
        Assert.Equal(2.8 * Math.Sqrt(0.24 / 100) / 2, tests.SmallestDetectable!.Value, 0.006);
    }

    [Fact]
    public void Of_Itself_IsNoDifferenceAndTellsNothingOfWhatWouldBeFound()
    {
        double[] hits = [.. Images.Select((_, row) => row % 3 == 0 ? 1.0 : 0)];

        Assert.Equal((0, 0, 0, new PairedTests(1, 1, null)), Differences.Of(hits, hits));
    }

    [Fact]
    public void Adjusted_Family_IsHolmsAndBenjaminiHochbergs()
    {
        var adjusted = PairedDifferences.Adjusted([new PairedTests(0.01, 0, 0), new PairedTests(0.04, 0, 0), new PairedTests(0.03, 0, 0)]);

        Assert.Equal([0.03, 0.06, 0.06], adjusted.Select(tests => Math.Round(tests.Holm!.Value, 9)));
        Assert.Equal([0.03, 0.04, 0.04], adjusted.Select(tests => Math.Round(tests.BenjaminiHochberg!.Value, 9)));
    }
}
