namespace ProbePipeline.Probes.Results;

/// <summary>One label of a set.</summary>
/// <param name="Label">The label.</param>
/// <param name="Share">Share of test rows that have it.</param>
/// <param name="F1">F1 on test rows.</param>
/// <param name="BalancedAccuracy">Mean of the shares of right predictions among rows with and without it.</param>
/// <param name="AreaUnderRoc">Area under the ROC curve on test rows.</param>
public sealed record LabelResult(string Label, double Share, double F1, double BalancedAccuracy, double AreaUnderRoc);
