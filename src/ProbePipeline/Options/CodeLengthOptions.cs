using System.Collections.Immutable;
using ProbePipeline.Probes.Protocols;

namespace ProbePipeline.Options;

/// <summary>The online code length of the training labels (Voita and Titov 2020, arXiv 2003.12298).</summary>
public sealed record CodeLengthOptions
{
    /// <summary>The ends of the blocks as shares of the training pictures, ascending, the last 1.</summary>
    public ImmutableArray<double> Shares { get; init; } = OnlineCode.PaperShares;

    /// <summary>Where blocks may end.</summary>
    public CodeBlocks Cut { get; init; } = CodeBlocks.Pictures;

    /// <summary>The order in which pictures are sent.</summary>
    public SplitOrder Order { get; init; } = SplitOrder.Random;

    /// <summary>Seed of the random order.</summary>
    public long Seed { get; init; }

    /// <summary>What happens to probabilities of 0.</summary>
    public UnseenClasses Unseen { get; init; } = UnseenClasses.Laplace;
}
