namespace ProbePipeline.Models;

/// <summary>A batch or a request that does not fit the network.</summary>
public sealed class NetworkInputException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public NetworkInputException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
