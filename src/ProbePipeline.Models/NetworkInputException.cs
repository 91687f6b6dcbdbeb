namespace ProbePipeline.Models;

/// <summary>A batch or a request that does not fit the network.</summary>
public sealed class NetworkInputException : Exception
{
    /// <summary>An error without a message.</summary>
    public NetworkInputException()
    {
    }

    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public NetworkInputException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public NetworkInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
