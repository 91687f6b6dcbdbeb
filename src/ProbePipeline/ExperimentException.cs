namespace ProbePipeline;

/// <summary>An experiment cannot be run as it is described. The message says what was expected, what was found, and what to do.</summary>
public sealed class ExperimentException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public ExperimentException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
