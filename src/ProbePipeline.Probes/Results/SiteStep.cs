namespace ProbePipeline.Probes.Results;

/// <summary>What a probe gains or loses from one site to the next in the order of computation, on the same test rows.</summary>
/// <param name="Site">The site.</param>
/// <param name="Previous">The one before it.</param>
/// <param name="Difference">Test accuracy at <paramref name="Site"/> less that at <paramref name="Previous"/>.</param>
/// <param name="Low">Lower end of the 95 % interval: cluster bootstrap over pictures of the paired difference, percentiles.</param>
/// <param name="High">Upper end of the same interval.</param>
/// <param name="Tests">Tests of the difference.</param>
public sealed record SiteStep(string Site, string Previous, double Difference, double Low, double High, PairedTests Tests);
