using System.Collections.Immutable;
using ProbePipeline.Benchmarks.Ratios;

namespace ProbePipeline.Benchmarks.Tests;

public sealed class RatioComparisonTests
{
    [Theory]
    [InlineData(0.8, 0.8, true)]
    [InlineData(0.8, 1.2, true)]
    [InlineData(1, 0.86, true)]
    [InlineData(1, 0.84, false)]
    [InlineData(6, 5.09, false)]
    [InlineData(1, double.NaN, false)]
    public void Holds_Measured_MayFallByFifteenPercent(double committed, double measured, bool expected) =>
        Assert.Equal(expected, new RatioComparison("forwards", committed, measured).Holds);

    [Fact]
    public void Holds_OnlyCommittedOrOnlyMeasured_IsFalse()
    {
        Assert.False(new RatioComparison("gone", 1, null).Holds);
        Assert.False(new RatioComparison("new", null, 1).Holds);
    }

    [Fact]
    public void Table_AllKinds_HasALineForEachInTheOrderOfMeasuring() => Assert.Equal(
        [
            "higher is better  committed   measured  change",
            "new                       -      2.000  not committed yet",
            "loading               1.000      0.900  -10 %",
            "probes                1.000      1.250  +25 %",
            "forwards              0.800      0.400  -50 % FELL by more than 15 %",
            "gone                  1.000          -  not measured any more",
        ],
        RatioComparison.Table(Comparisons));

    [Fact]
    public void Summary_SomeDoNotHold_NamesThem()
    {
        Assert.Equal("verify-speed: failed: new; forwards; gone", RatioComparison.Summary(Comparisons));
        Assert.Equal("verify-speed: all ratios hold", RatioComparison.Summary([.. Comparisons.Where(comparison => comparison.Holds)]));
    }

    private static ImmutableArray<RatioComparison> Comparisons => RatioComparison.Of(
        new OrderedDictionary<string, double> { ["forwards"] = 0.8, ["loading"] = 1, ["gone"] = 1, ["probes"] = 1 },
        new OrderedDictionary<string, double> { ["new"] = 2, ["loading"] = 0.9, ["probes"] = 1.25, ["forwards"] = 0.4 });
}
