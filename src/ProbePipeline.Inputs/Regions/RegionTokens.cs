using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Regions;

/// <summary>A region as the two towers see it.</summary>
/// <param name="TilePatches">
/// For every tile that shows the picture the vision tower's own patches that the region covers: indices row by row, class tokens not counted, ascending.
/// </param>
/// <param name="Tokens">The picture's image tokens that stand for the region: indices into its layout, in reading order; never empty.</param>
/// <param name="BestCoveredOnly">Whether no image token was covered up to the threshold, so that <paramref name="Tokens"/> holds the best-covered one.</param>
public sealed record RegionTokens(ImmutableArray<ImmutableArray<int>> TilePatches, ImmutableArray<int> Tokens, bool BestCoveredOnly);
