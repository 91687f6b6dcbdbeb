using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Torch.Tests.Training;

/// <summary>What trainers minimise, of weights as they are returned: in single precision.</summary>
internal static class ProbeObjective
{
    /// <param name="weights">The weights.</param>
    /// <param name="features">[rows, width]</param>
    /// <param name="labels">Index of every row's class.</param>
    /// <param name="l2">The penalty on the mean loss.</param>
    public static double Of(LinearWeights weights, float[] features, int[] labels, double l2) =>
        weights.Probabilities(features, labels.Length).Zip(labels, (row, label) => -Math.Log(row[label])).Average()
        + (l2 / 2 * weights.Weights.Sum(vector => vector.Sum(weight => (double)weight * weight)));
}
