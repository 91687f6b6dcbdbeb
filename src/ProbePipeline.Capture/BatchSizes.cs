namespace ProbePipeline.Capture;

/// <summary>How many rows go through a network together.</summary>
public static class BatchSizes
{
    /// <summary>Enough to fill a few cores; a GPU takes more.</summary>
    public const int Default = 24;
}
