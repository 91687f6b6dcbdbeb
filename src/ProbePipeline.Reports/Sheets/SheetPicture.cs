using System.Collections.Immutable;
using ProbePipeline.Reports.Maps;

namespace ProbePipeline.Reports.Sheets;

/// <summary>A row's tokens with what is to be said about them.</summary>
/// <param name="Map">The picture and the tokens that are chosen.</param>
/// <param name="Alternative">What it shows, for who cannot see it.</param>
/// <param name="Title">What stands first.</param>
/// <param name="Lines">What stands below, a line each.</param>
public sealed record SheetPicture(TokenMap Map, string Alternative, string Title, ImmutableArray<string> Lines);
