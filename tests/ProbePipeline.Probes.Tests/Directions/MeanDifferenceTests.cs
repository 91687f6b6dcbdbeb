using ProbePipeline.Probes.Directions;

namespace ProbePipeline.Probes.Tests.Directions;

public sealed class MeanDifferenceTests
{
    [Fact]
    public void Of_TwoClasses_IsTheirMeansLessThatOfAllRows()
    {
        // The last row does not count.
        var features = new FeatureMatrix([0, 1, 2, 1, 4, 7, 99, 99], 2);

        Assert.Equal([-1, -2, 2, 4], MeanDifference.Of(features, [0, 1, 2], [0, 0, 1, 1], 2));
    }

    [Fact]
    public void Of_ClassWithoutRows_SaysWhich()
    {
        var error = Assert.Throws<ProbeException>(() => MeanDifference.Of(new FeatureMatrix([0, 1], 1), [0, 1], [0, 0], 2));

        Assert.Contains("class 1", error.Message, StringComparison.Ordinal);
    }
}
