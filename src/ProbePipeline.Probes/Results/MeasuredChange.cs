namespace ProbePipeline.Probes.Results;

/// <summary>A change from one condition to another, on the same test rows.</summary>
/// <param name="Difference">The later value less the earlier.</param>
/// <param name="Low">Lower end of the 95 % interval: cluster bootstrap over pictures, percentiles.</param>
/// <param name="High">Upper end of the same interval.</param>
public sealed record MeasuredChange(double Difference, double Low, double High);
