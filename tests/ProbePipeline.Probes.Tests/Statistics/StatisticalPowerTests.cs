using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class StatisticalPowerTests
{
    [Fact]
    public void SmallestDetectable_OneStandardError_IsTheTextbooks() => Assert.Equal(2.80, StatisticalPower.SmallestDetectable(1), 0.005);

    [Fact]
    public void SmallestDetectable_HalfTheStandardError_IsHalf() => Assert.Equal(StatisticalPower.SmallestDetectable(1) / 2, StatisticalPower.SmallestDetectable(0.5), 1e-12);

    [Fact]
    public void SmallestDetectable_TrueDifferenceOfThatSize_IsFoundInEightyPercent()
    {
        // Normal estimates around it with standard error 1: 2 000 draws are within 2 points of 80 %.
        var difference = StatisticalPower.SmallestDetectable(1);
        var found = SyntheticFeatures.Noise(2000, 3).Count(noise => Math.Abs(difference + noise) > 1.96) / 2000.0;

        Assert.Equal(0.8, found, 0.025);
    }
}
