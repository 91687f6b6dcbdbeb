using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>How conditions are held against each other.</summary>
public sealed record CrossConditionOptions
{
    /// <summary>
    /// Sites at which probes of every condition read the states of every other; none: the best site of the first condition, the last of the vision tower and
    /// the last of the decoder, of those on the way to the answer.
    /// </summary>
    public ImmutableArray<SitePattern> MatrixSites { get; init; } = [];

    /// <summary>Whether cosine and linear CKA between the first condition's states and every other's are computed.</summary>
    public bool Similarity { get; init; } = true;
}
