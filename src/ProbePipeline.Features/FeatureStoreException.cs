namespace ProbePipeline.Features;

/// <summary>A store is not what was expected: made from other inputs, damaged, or without what is asked of it.</summary>
public sealed class FeatureStoreException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public FeatureStoreException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
