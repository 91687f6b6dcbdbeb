using System.Collections.Immutable;

namespace ProbePipeline.Reports.Maps;

/// <summary>Which tokens of one row are chosen: those of the picture where they lie, those of the text as words.</summary>
/// <param name="Picture">The picture as PNG.</param>
/// <param name="Patches">Its patches or image tokens, which do not overlap.</param>
/// <param name="Words">The other tokens in reading order; none where only the picture is meant.</param>
public sealed record TokenMap(ImmutableArray<byte> Picture, ImmutableArray<TokenPatch> Patches, ImmutableArray<TokenWord> Words);
