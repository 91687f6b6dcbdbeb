namespace ProbePipeline.Probes;

/// <summary>Probes cannot be trained on what was given. The message names the row, class or part of the split.</summary>
public sealed class ProbeException : Exception
{
    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public ProbeException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public ProbeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
