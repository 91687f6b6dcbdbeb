namespace ProbePipeline.Inputs.Text;

/// <summary>A tokenizer.json that cannot be used, or a text that it cannot encode.</summary>
public sealed class TokenizerException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public TokenizerException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
