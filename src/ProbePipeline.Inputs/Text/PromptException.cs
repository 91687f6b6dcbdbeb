namespace ProbePipeline.Inputs.Text;

/// <summary>A prompt that does not fit its pictures.</summary>
public sealed class PromptException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public PromptException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
