namespace ProbePipeline.Inputs.Datasets;

/// <summary>A dataset that cannot be read or written: the message says what was expected, what was found, where, and what to do.</summary>
public sealed class DatasetException : Exception
{
    /// <param name="message">What was expected, what was found, where, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public DatasetException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
