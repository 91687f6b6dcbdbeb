using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>What some scores cost. A: problems, K: classes of the one with the most.</summary>
/// <param name="Scores">The scores, [A, K, n] a chunk.</param>
/// <param name="Losses">Mean over rows, [A], on the host.</param>
/// <param name="Slopes">Of the mean along a direction, [A]; empty where there was none.</param>
/// <param name="Residuals">Probabilities less 1 at the labels, [A, K, n] a chunk.</param>
internal sealed record Trial(Tensor[] Scores, double[] Losses, double[] Slopes, Tensor[] Residuals);
