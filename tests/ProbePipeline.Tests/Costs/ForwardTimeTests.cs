using ProbePipeline.Costs;

namespace ProbePipeline.Tests.Costs;

public sealed class ForwardTimeTests
{
    [Fact]
    public void Seconds_TwoTowers_EachReachesTheShareOfItsWidth()
    {
        var network = new NetworkShape { Vision = new TowerShape(1, 150, 1, 1, 1, 2), Language = new TowerShape(1, 600, 1, 1, 1, 3) };
        var cost = new ForwardCost { VisionOperations = 1e9, PrefixOperations = 2e9, SuffixOperations = 1e9, HeadOperations = 1e9 };
        // Half of the rate at width 150, four fifths at 600.
        Assert.Equal((2e9 + 5e9) / 1e10, ForwardTime.Seconds(network, cost, 1e10), 1e-9);
    }
}
