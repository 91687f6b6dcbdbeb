using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Options;

/// <summary>How a row's region comes to lie on tokens.</summary>
public sealed record RegionOptions
{
    /// <summary>The share of a token's square from which on it counts as covered; the best-covered token counts where none reaches it.</summary>
    public double Threshold { get; init; } = 0.25;

    /// <summary>Where a picture is cut into tiles, which tokens count.</summary>
    public TileChoice Tiles { get; init; } = TileChoice.Both;
}
