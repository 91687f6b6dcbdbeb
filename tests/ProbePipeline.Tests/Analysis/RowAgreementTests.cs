using ProbePipeline.Analysis;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Tests.Analysis;

public sealed class RowAgreementTests
{
    private static readonly ClusterBootstrap Bootstrap = new([.. Enumerable.Range(0, 80).Select(row => row / 2)], 500, 1);

    // Right in 48, 16, 8 and 8 rows: both, probe alone, answer alone, neither.
    private static readonly double[] Probe = [.. Enumerable.Range(0, 80).Select(row => row % 10 < 8 ? 1.0 : 0)];
    private static readonly double[] Answer = [.. Enumerable.Range(0, 80).Select(row => row % 10 is < 6 or 8 ? 1.0 : 0)];

    [Fact]
    public void Against_ItsOwnCondition_CountsTheFourCellsAndKappa()
    {
        var intact = new RowAgreement("intact", "projector", Probe, Answer, Bootstrap);

        var found = intact.Against(intact);

        Assert.Equal((48, 16, 8, 8), (found.BothRight, found.OnlyProbeRight, found.OnlyAnswerRight, found.NeitherRight));
        // Agreed 0.7, by chance 0.8 x 0.7 + 0.2 x 0.3 = 0.62.
        Assert.Equal((0.7 - 0.62) / (1 - 0.62), found.Kappa, 1e-12);
        Assert.InRange(found.Kappa, found.Low, found.High);
        Assert.True(found.High - found.Low > 0.1);
        Assert.Null(found.Change);
    }

    [Fact]
    public void Against_AnotherCondition_SaysWhatChangesOnTheSameRows()
    {
        var intact = new RowAgreement("intact", "projector", Probe, Answer, Bootstrap);
        var cut = new RowAgreement("cut", "projector", [.. Probe.Select((_, row) => row % 10 < 4 ? 1.0 : 0)], Answer, Bootstrap);

        var change = cut.Against(intact).Change!;

        Assert.Equal("intact", change.Against);
        Assert.Equal((-0.2, -0.2, 0.2, 0.2), (Rounded(change.BothRight.Difference), Rounded(change.OnlyProbeRight.Difference), Rounded(change.OnlyAnswerRight.Difference), Rounded(change.NeitherRight.Difference)));
        Assert.True(change.BothRight is { Low: < -0.1, High: < -0.05 });
        Assert.InRange(change.Kappa.Difference, change.Kappa.Low, change.Kappa.High);
        // A condition against one that is right about the same rows: nothing changes in any resample.
        Assert.Equal((0, 0, 0), Same(new RowAgreement("twin", "projector", Probe, Answer, Bootstrap).Against(intact).Change!.Kappa));

        static double Rounded(double value) => Math.Round(value, 9);
        static (double, double, double) Same(Probes.Results.MeasuredChange measured) => (measured.Difference, measured.Low, measured.High);
    }
}
