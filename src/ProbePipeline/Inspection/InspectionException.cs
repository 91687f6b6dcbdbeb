namespace ProbePipeline.Inspection;

/// <summary>Something was asked of a checkpoint that it cannot show.</summary>
public sealed class InspectionException : Exception
{
    /// <summary>An error without a message.</summary>
    public InspectionException()
    {
    }

    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public InspectionException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public InspectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
