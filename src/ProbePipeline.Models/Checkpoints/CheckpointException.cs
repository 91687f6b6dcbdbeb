namespace ProbePipeline.Models.Checkpoints;

/// <summary>A checkpoint folder that cannot be used. The message says which file and key, what was expected, what was found, and what to do.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>An error without a message.</summary>
    public CheckpointException()
    {
    }

    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public CheckpointException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
