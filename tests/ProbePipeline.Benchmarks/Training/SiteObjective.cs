using ProbePipeline.Probes.Training;

namespace ProbePipeline.Benchmarks.Training;

/// <summary>What a trainer minimises.</summary>
internal static class SiteObjective
{
    /// <summary>Of every problem of a set: mean cross-entropy + l2 / 2 x the squared weights.</summary>
    public static double[] Of(TrainingSet set, IEnumerable<LinearWeights> fitted) => [.. set.Problems.Zip(fitted, (problem, weights) =>
        weights.Probabilities(set.Features.Span, set.Rows).Zip(problem.Labels, (row, label) => -Math.Log(row[label])).Average()
        + (problem.L2 / 2 * weights.Weights.Sum(vector => vector.Sum(weight => (double)weight * weight))))];
}
