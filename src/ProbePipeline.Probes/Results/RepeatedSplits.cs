using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>Accuracies at a site over several seeds of the split: how much of a figure is the luck of one split. Test rows of different splits overlap.</summary>
/// <param name="ValidationMean">Mean over the splits of the share of right predictions on validation rows.</param>
/// <param name="ValidationDeviation">Standard deviation over the splits of the same, n - 1 in the denominator.</param>
/// <param name="TestMean">Mean over the splits of the share of right predictions on test rows.</param>
/// <param name="TestDeviation">Standard deviation over the splits of the same.</param>
/// <param name="TestAccuracies">The test accuracy of every split; the first is the one that everything else is about.</param>
public sealed record RepeatedSplits(double ValidationMean, double ValidationDeviation, double TestMean, double TestDeviation, ImmutableArray<double> TestAccuracies);
