namespace ProbePipeline.Probes;

/// <summary>Probes cannot be trained on what was given. The message names the row, class or part of the split.</summary>
public sealed class ProbeException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public ProbeException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
