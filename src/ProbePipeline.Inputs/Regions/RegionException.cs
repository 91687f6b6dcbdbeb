namespace ProbePipeline.Inputs.Regions;

/// <summary>A region that cannot be found on its picture: the message says what was expected, what was found, and what to do.</summary>
public sealed class RegionException : Exception
{
    /// <param name="message">What was expected, what was found, and what to do.</param>
    /// <param name="cause">What made it known, where that was an exception.</param>
    public RegionException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
