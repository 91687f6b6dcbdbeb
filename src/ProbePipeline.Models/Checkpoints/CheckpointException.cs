namespace ProbePipeline.Models.Checkpoints;

/// <summary>A checkpoint folder that cannot be used. The message says which file and key, what was expected, what was found, and what to do.</summary>
public sealed class CheckpointException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public CheckpointException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
