namespace ProbePipeline.Inputs.Pictures;

/// <summary>A picture, or the configuration of its processor, cannot be used. The message says what was found, where, and what to do.</summary>
public sealed class PictureException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public PictureException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
