namespace ProbePipeline.Reports.Maps;

/// <summary>A token that is no part of the picture, or several that are one thing to the reader.</summary>
/// <param name="Text">What stands in its box.</param>
/// <param name="IsChosen">Whether it is one of those that are meant.</param>
public sealed record TokenWord(string Text, bool IsChosen);
