namespace ProbePipeline.Inputs.Text;

/// <summary>A prompt that does not fit its pictures.</summary>
public sealed class PromptException : Exception
{
    /// <summary>An error without a message.</summary>
    public PromptException()
    {
    }

    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public PromptException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public PromptException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
