namespace ProbePipeline.Probes.Results;

/// <summary>How often CLIP names the region's class, without any training on these rows.</summary>
/// <param name="Model">The checkpoint.</param>
/// <param name="Template">What was said of a class.</param>
/// <param name="Margin">How far beyond its bounds a region was cut out, as a share of their longer side.</param>
/// <param name="TestAccuracy">Share of right names over the test rows.</param>
/// <param name="Low">Lower end of its 95 % interval: cluster bootstrap over pictures, percentiles.</param>
/// <param name="High">Upper end of the same interval.</param>
public sealed record ZeroShotResult(string Model, string Template, double Margin, double TestAccuracy, double Low, double High);
