using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Tests.Training;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class WilsonIntervalTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Of_ScienceCases_AreStatsmodels()
    {
        foreach (var reference in ScienceProblem.Whole.GetProperty("wilson").EnumerateArray())
        {
            var (low, high) = WilsonInterval.Of(reference.GetProperty("k").GetInt32(), reference.GetProperty("n").GetInt32());
            Assert.Equal(reference.GetProperty("low").GetDouble(), low, 1e-12);
            Assert.Equal(reference.GetProperty("high").GetDouble(), high, 1e-12);
        }
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    [InlineData(0, 0)]
    public void Of_NoShare_IsRefused(int hits, int count) => Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(hits, count));

    [Fact]
    public void Of_NothingOrEverything_EndsExactlyThere()
    {
        foreach (var count in Enumerable.Range(1, 200))
        {
            Assert.Equal((0, 1), (WilsonInterval.Of(0, count).Low, WilsonInterval.Of(count, count).High));
        }
    }
}
