using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Training;

public sealed class NewtonRefinementTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2000)]
    [InlineData(-2000)]
    public void Refine_AnyStart_EndsAtTheOptimum(float start)
    {
        // Features 1 and -1 for classes 1 and 0, a vector a class: with weights -w and w the loss is log(1 + exp(-2 w)) + l2 w², least where
        // l2 w (1 + exp(2 w)) = 1. Scores of 2000 have no finite exponential.
        const double L2 = 1e-2;
        float[] features = [.. Enumerable.Range(0, 40).Select(row => row % 2 == 1 ? 1f : -1f)];
        int[] labels = [.. Enumerable.Range(0, 40).Select(row => row % 2)];

        var weights = NewtonRefinement.Refine(new LinearWeights([[-start], [start]], [0, 0]), features, labels, L2);

        var weight = weights.Weights[1][0];
        Assert.Equal(1, L2 * weight * (1 + Math.Exp(2 * weight)), 1e-3);
        Assert.Equal(-weight, weights.Weights[0][0], 1e-5);
    }
}
