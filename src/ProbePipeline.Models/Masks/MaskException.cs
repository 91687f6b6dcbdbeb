namespace ProbePipeline.Models.Masks;

/// <summary>A block that cannot be applied: it names what does not exist, or leaves a token without any key.</summary>
public sealed class MaskException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public MaskException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
