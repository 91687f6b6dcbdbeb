namespace ProbePipeline.Inputs.Text;

/// <summary>A tokenizer.json that cannot be used, or a text that it cannot encode.</summary>
public sealed class TokenizerException : Exception
{
    /// <summary>An error without a message.</summary>
    public TokenizerException()
    {
    }

    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public TokenizerException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public TokenizerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
