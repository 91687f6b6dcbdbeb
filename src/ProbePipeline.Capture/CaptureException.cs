namespace ProbePipeline.Capture;

/// <summary>A transform was given what it cannot work on: a column, a choice or a label. The message names it.</summary>
public sealed class CaptureException : Exception
{
    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public CaptureException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public CaptureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
