namespace ProbePipeline.Applying;

/// <summary>A saved probe cannot be applied as asked. The message says what was expected, what was found, and what to do.</summary>
public sealed class ApplyException : Exception
{
    /// <summary>An error without a message.</summary>
    public ApplyException()
    {
    }

    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public ApplyException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public ApplyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
