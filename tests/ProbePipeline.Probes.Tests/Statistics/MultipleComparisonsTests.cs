using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Tests.Training;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class MultipleComparisonsTests
{
    [Theory]
    [InlineData("holm")]
    [InlineData("benjamini_hochberg")]
    [Trait("Category", "Golden")]
    public void Adjusted_ScienceCase_IsStatsmodels(string method)
    {
        var reference = ScienceProblem.Whole.GetProperty(method);
        double[] given = [.. reference.GetProperty("p").EnumerateArray().Select(p => p.GetDouble())];

        var adjusted = method == "holm" ? MultipleComparisons.Holm(given) : MultipleComparisons.BenjaminiHochberg(given);

        Assert.All(reference.GetProperty("adjusted").EnumerateArray().Zip(adjusted), pair => Assert.Equal(pair.First.GetDouble(), pair.Second, 1e-12));
    }

    [Fact]
    public void Adjusted_OneTestOrNone_IsAsItWas()
    {
        Assert.Equal([0.03], MultipleComparisons.Holm([0.03]));
        Assert.Equal([0.03], MultipleComparisons.BenjaminiHochberg([0.03]));
        Assert.Empty(MultipleComparisons.Holm([]));
        Assert.Empty(MultipleComparisons.BenjaminiHochberg([]));
    }
}
