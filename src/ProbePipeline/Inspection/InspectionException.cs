namespace ProbePipeline.Inspection;

/// <summary>Something was asked of a checkpoint that it cannot show.</summary>
public sealed class InspectionException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public InspectionException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
