namespace ProbePipeline.Options;

/// <summary>The cluster bootstrap over pictures that gives 95 % intervals.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Number of resamples.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>Seed of the resamples.</summary>
    public long Seed { get; init; }
}
