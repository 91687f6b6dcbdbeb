using System.Collections.Immutable;

namespace ProbePipeline.Models;

/// <summary>The part of a picture that a row asks about, as the two towers see it.</summary>
/// <param name="TilePatches">For every tile the indices of its patches (row by row, class tokens not counted) that the part covers.</param>
/// <param name="Tokens">The indices of the picture's image tokens, in reading order, that stand for the part.</param>
public sealed record PictureRegion(ImmutableArray<ImmutableArray<int>> TilePatches, ImmutableArray<int> Tokens);
