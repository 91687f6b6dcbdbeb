namespace ProbePipeline.Models.Masks;

/// <summary>A block that cannot be applied: it names what does not exist, or leaves a token without any key.</summary>
public sealed class MaskException : Exception
{
    /// <summary>An error without a message.</summary>
    public MaskException()
    {
    }

    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public MaskException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public MaskException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
