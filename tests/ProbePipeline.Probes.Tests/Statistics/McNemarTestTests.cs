using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Tests.Training;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class McNemarTestTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void PValue_ScienceCases_AreStatsmodels()
    {
        foreach (var reference in ScienceProblem.Whole.GetProperty("mcnemar").EnumerateArray())
        {
            var (first, second) = (reference.GetProperty("only_first_right").GetInt32(), reference.GetProperty("only_second_right").GetInt32());
            Assert.Equal(reference.GetProperty("exact_p").GetDouble(), McNemarTest.PValue(first, second), 1e-9);
            Assert.Equal(McNemarTest.PValue(second, first), McNemarTest.PValue(first, second));
        }
    }

    [Fact]
    public void PValue_ThousandsOfRows_IsThatOfTheNormalDistribution() =>
        // (5150 - 4850) / sqrt(10000) = 3 standard deviations, less half a row on both sides: two-sided 0.00280.
        Assert.Equal(0.00280, McNemarTest.PValue(5150, 4850), 5e-5);

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(3, -1)]
    public void PValue_FewerRowsThanNone_IsRefused(int onlyFirst, int onlySecond) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemarTest.PValue(onlyFirst, onlySecond));
}
