namespace ProbePipeline.Options.Source;

/// <summary>Where a value was written.</summary>
/// <param name="Source">The file, or the override.</param>
/// <param name="Line">Line, from 1; 0 where the source has no lines.</param>
/// <param name="Column">Column, from 1; 0 where the source has no lines.</param>
internal readonly record struct Origin(string Source, int Line, int Column)
{
    /// <summary>A place in an override or in options made by code.</summary>
    public static Origin Whole(string source) => new(source, 0, 0);
}
