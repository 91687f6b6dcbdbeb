using System.Collections.Immutable;

namespace ProbePipeline.Reports.Sheets;

/// <summary>Pictures that belong together.</summary>
/// <param name="Title">What they have in common; null: nothing is said.</param>
/// <param name="Text">More of it, a paragraph each.</param>
/// <param name="Pictures">Side by side.</param>
public sealed record SheetSection(string? Title, ImmutableArray<string> Text, ImmutableArray<SheetPicture> Pictures);
