namespace ProbePipeline.Features;

/// <summary>A store is not what was expected: made from other inputs, damaged, or without what is asked of it.</summary>
public sealed class FeatureStoreException : Exception
{
    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public FeatureStoreException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public FeatureStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
