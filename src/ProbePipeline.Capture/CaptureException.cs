namespace ProbePipeline.Capture;

/// <summary>A transform was given what it cannot work on: a column, a choice or a label. The message names it.</summary>
public sealed class CaptureException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public CaptureException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
