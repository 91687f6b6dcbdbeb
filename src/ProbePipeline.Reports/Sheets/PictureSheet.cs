using System.Collections.Immutable;

namespace ProbePipeline.Reports.Sheets;

/// <summary>A page of pictures to look at before anything is run.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Introduction">What is on it, a paragraph each.</param>
/// <param name="Sections">The pictures.</param>
public sealed record PictureSheet(string Title, ImmutableArray<string> Introduction, ImmutableArray<SheetSection> Sections);
