using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class SpreadTests
{
    // The mean is 5: squared distances of 9, 1 and 16.
    [Fact]
    public void Deviation_HandMade_DividesByOneLessThanTheNumbers() => Assert.Equal(Math.Sqrt(26 / 2.0), Spread.Deviation([2, 4, 9]), 1e-12);
}
