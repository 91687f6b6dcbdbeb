using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Tests.Training;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class CohenKappaTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Of_ScienceCase_IsScikitLearns()
    {
        var reference = ScienceProblem.Whole.GetProperty("cohen_kappa");
        double[] Values(string name) => [.. reference.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
        var (one, other) = (Values("a"), Values("b"));

        Assert.Equal(reference.GetProperty("kappa").GetDouble(), CohenKappa.Of(one.Average(), other.Average(), one.Zip(other, (a, b) => a * b).Average()), 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0.5, 0.5, 1)]
    [InlineData(0.5, 0.5, 0, -1)]
    [InlineData(0.5, 0.5, 0.25, 0)]
    [InlineData(1, 1, 1, 0)]
    [InlineData(0, 0, 0, 0)]
    public void Of_Extremes_AreOneMinusOneAndZero(double first, double second, double both, double expected) => Assert.Equal(expected, CohenKappa.Of(first, second, both), 1e-12);
}
