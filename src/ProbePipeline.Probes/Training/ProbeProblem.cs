using System.Collections.Immutable;

namespace ProbePipeline.Probes.Training;

/// <summary>One softmax regression to fit: the minimum of the mean cross-entropy + l2 / 2 x the squared weights, biases free.</summary>
/// <param name="Labels">For every training row the index of its class.</param>
/// <param name="ClassCount">Number of classes; one that no row has gets probability 0.</param>
/// <param name="L2">The penalty on the mean loss.</param>
public sealed record ProbeProblem(ImmutableArray<int> Labels, int ClassCount, double L2);
