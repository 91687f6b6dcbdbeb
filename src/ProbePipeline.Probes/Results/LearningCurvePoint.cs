namespace ProbePipeline.Probes.Results;

/// <summary>A probe fitted on a part of the training pictures.</summary>
/// <param name="Share">Share of the training pictures.</param>
/// <param name="Images">Pictures that it was fitted on; of several folds the mean.</param>
/// <param name="L2">The L2 weight that was chosen; of several folds by most of them.</param>
/// <param name="ValidationAccuracy">Share of right predictions on validation rows.</param>
/// <param name="TestAccuracy">Share of right predictions on test rows.</param>
/// <param name="Low">Lower end of the 95 % interval of <paramref name="TestAccuracy"/>: cluster bootstrap over pictures, percentiles.</param>
/// <param name="High">Upper end of the same interval.</param>
public sealed record LearningCurvePoint(double Share, double Images, double L2, double ValidationAccuracy, double TestAccuracy, double Low, double High);
