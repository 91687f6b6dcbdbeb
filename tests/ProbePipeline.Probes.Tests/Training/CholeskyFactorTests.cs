using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Training;

public sealed class CholeskyFactorTests
{
    [Fact]
    public void Solve_KnownMatrix_GivesTheSolution()
    {
        // [[4, 2, 2], [2, 5, 3], [2, 3, 6]] x (1, -2, 3) = (6, 1, 14)
        double[] vector = [6, 1, 14];

        CholeskyFactor.Of([[4], [2, 5], [2, 3, 6]]).Solve(vector);

        Assert.Equal([1, -2, 3], vector.Select(value => Math.Round(value, 12)));
    }
}
