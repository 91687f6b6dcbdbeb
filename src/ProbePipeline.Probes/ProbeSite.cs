namespace ProbePipeline.Probes;

/// <summary>Where a probe reads.</summary>
/// <param name="Site">The site in its text form.</param>
/// <param name="Tower">vision or language.</param>
/// <param name="Layer">The layer, from 0; -1 for a site that belongs to no layer.</param>
/// <param name="OnPath">Whether what is read here reaches the model's answer.</param>
public sealed record ProbeSite(string Site, string Tower, int Layer, bool OnPath = true);
