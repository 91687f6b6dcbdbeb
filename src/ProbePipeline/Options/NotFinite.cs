namespace ProbePipeline.Options;

/// <summary>What becomes of a row whose states hold NaN or infinity.</summary>
public enum NotFinite
{
    /// <summary>The run stops and names site and row, before the chunk is stored.</summary>
    Stop,

    /// <summary>The row is stored as it is, but is no row of the experiment: neither probes nor answers nor the lens count it, under any condition.</summary>
    Drop,

    /// <summary>The row is stored as it is; probes refuse to read it, and the report says so.</summary>
    Keep,
}
