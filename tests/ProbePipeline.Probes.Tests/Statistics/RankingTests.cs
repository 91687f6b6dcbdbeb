using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Tests.Training;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class RankingTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Spearman_ScienceCase_IsSciPys()
    {
        var reference = ScienceProblem.Whole.GetProperty("spearman");
        double[] Values(string name) => [.. reference.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

        Assert.Equal(reference.GetProperty("rho").GetDouble(), Ranking.Spearman(Values("x"), Values("y")), 1e-12);
    }

    [Fact]
    public void Ranks_EqualValues_ShareTheirMean() => Assert.Equal([1, 3, 5, 3, 3], Ranking.Ranks([-1, 2, 7, 2, 2]));

    [Fact]
    public void AreaUnderRoc_EqualScores_CountHalf()
    {
        Assert.Equal(1, Ranking.AreaUnderRoc([0.1, 0.2, 0.9], [false, false, true]));
        Assert.Equal(0.5, Ranking.AreaUnderRoc([0.3, 0.3, 0.3], [false, true, false]));
        Assert.Equal(0.75, Ranking.AreaUnderRoc([0.1, 0.3, 0.3], [false, false, true]));
    }
}
