namespace ProbePipeline.Reports;

/// <summary>Stored results cannot be read. The message says where, what was expected, what was found, and what to do.</summary>
public sealed class ResultsException : Exception
{
    /// <param name="file">The file.</param>
    /// <param name="place">Where in it, such as <c>$.conditions.intact.answer</c>; null for the file as a whole.</param>
    /// <param name="problem">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public ResultsException(string file, string? place, string problem, Exception? cause = null)
        : base(place is null ? $"{file}: {problem}" : $"{file}, {place}: {problem}", cause) => (File, Place) = (file, place);

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Where in it, such as <c>$.conditions.intact.answer</c>; null for the file as a whole.</summary>
    public string? Place { get; }
}
