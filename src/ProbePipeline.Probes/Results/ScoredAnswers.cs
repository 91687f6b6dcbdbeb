namespace ProbePipeline.Probes.Results;

/// <summary>The answers by one way of scoring the choices.</summary>
/// <param name="Score">sum, per-token, calibrated, generated-exact, generated-normalized or generated-contained.</param>
/// <param name="TestAccuracy">Share of right answers over the test rows.</param>
/// <param name="Low">Lower end of its 95 % interval: cluster bootstrap over pictures, percentiles.</param>
/// <param name="High">Upper end of the same interval.</param>
public sealed record ScoredAnswers(string Score, double TestAccuracy, double Low, double High);
