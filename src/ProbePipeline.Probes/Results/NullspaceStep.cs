namespace ProbePipeline.Probes.Results;

/// <summary>A probe on states from which directions were taken that earlier probes read: a step of iterative nullspace projection.</summary>
/// <param name="Removed">Directions that were gone before it was trained.</param>
/// <param name="ValidationAccuracy">Share of right predictions on validation rows.</param>
/// <param name="TestAccuracy">Share of right predictions on test rows.</param>
/// <param name="Low">Lower end of the 95 % interval of <paramref name="TestAccuracy"/>: cluster bootstrap over pictures, percentiles.</param>
/// <param name="High">Upper end of the same interval.</param>
public sealed record NullspaceStep(int Removed, double ValidationAccuracy, double TestAccuracy, double Low, double High);
