namespace ProbePipeline.Applying;

/// <summary>A saved probe cannot be applied as asked. The message says what was expected, what was found, and what to do.</summary>
public sealed class ApplyException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public ApplyException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
