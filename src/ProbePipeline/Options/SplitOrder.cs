namespace ProbePipeline.Options;

/// <summary>The order in which pictures are dealt out to the parts of a split.</summary>
public enum SplitOrder
{
    /// <summary>The order of the dataset.</summary>
    Index,

    /// <summary>A seeded shuffle.</summary>
    Random,

    /// <summary>None: the dataset says which part a picture belongs to.</summary>
    Given,
}
