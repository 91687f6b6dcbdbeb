namespace ProbePipeline.Probes.Results;

/// <summary>One fold's probe at a site.</summary>
/// <param name="L2">The L2 weight that the fold's validation rows chose.</param>
/// <param name="ValidationAccuracy">Share of right predictions on the fold's validation rows.</param>
/// <param name="TestAccuracy">Share of right predictions on the rows that the fold tests.</param>
public sealed record FoldResult(double L2, double ValidationAccuracy, double TestAccuracy);
