namespace ProbePipeline;

/// <summary>An experiment cannot be run as it is described. The message says what was expected, what was found, and what to do.</summary>
public sealed class ExperimentException : Exception
{
    /// <summary>An error without a message.</summary>
    public ExperimentException()
    {
    }

    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public ExperimentException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public ExperimentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
