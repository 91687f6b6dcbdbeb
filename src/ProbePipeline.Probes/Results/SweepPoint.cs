namespace ProbePipeline.Probes.Results;

/// <summary>A probe under one weight penalty.</summary>
/// <param name="L2">L2 weight on the mean loss.</param>
/// <param name="ValidationAccuracy">Share of right predictions on validation rows.</param>
/// <param name="TestAccuracy">Share of right predictions on test rows; never used to choose.</param>
public sealed record SweepPoint(double L2, double ValidationAccuracy, double TestAccuracy);
