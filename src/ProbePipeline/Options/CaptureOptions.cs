using System.Collections.Immutable;
using ProbePipeline.Models;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Options;

/// <summary>Which states are kept, and how the network runs.</summary>
public sealed record CaptureOptions
{
    /// <summary>The poolings that an experiment can name: those that give one vector a row.</summary>
    internal static ImmutableArray<Pooling> Poolings { get; } = [.. Models.Sites.Pooling.Known.Where(pooling => pooling.Reduction != Reduction.None)];

    /// <summary>Where states are read.</summary>
    public ImmutableArray<SitePattern> Sites { get; init; } =
    [
        new(SiteKind.ResidualPost, Tower.Vision, Layer: null),
        new(SiteKind.Projector, Tower.Language, Layer: null),
        new(SiteKind.ResidualPost, Tower.Language, Layer: null),
    ];

    /// <summary>How a row's tokens become what is kept: each pooling at every site that has its tokens.</summary>
    public ImmutableArray<Pooling> Pooling { get; init; } = [Models.Sites.Pooling.RegionMean];

    /// <summary>
    /// Rows a forward; <see cref="Capture.BatchSizes.Automatic"/>: chosen from the free memory of a CUDA device, 32 on the CPU. Results depend on it in their last digits,
    /// so it belongs to what a stored run depends on, and a run that goes on keeps what was chosen.
    /// </summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Pictures a stored chunk: what an interrupted run loses at most.</summary>
    public int ChunkPictures { get; init; } = 32;

    /// <summary>What becomes of a row whose states hold NaN or infinity, as float16 gives where it overflows. Features do not depend on it.</summary>
    public NotFinite NotFinite { get; init; }

    /// <summary>Seed by which rows are given other rows to take states from, where a patch asks for them.</summary>
    public long DonorSeed { get; init; }

    /// <summary>Where the network runs: auto, cpu, cuda or cuda:N.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The type in which it computes: float32, bfloat16 or float16; null: the one in which the checkpoint is stored.</summary>
    public string? Type { get; init; }

    /// <summary>The poolings that a site has the tokens for: no class token in the language model, no question in the vision tower.</summary>
    internal static bool Applies(Pooling pooling, SitePattern site) => site switch
    {
        { Kind: SiteKind.Pooled } => pooling == Models.Sites.Pooling.ImageMean,
        { Kind: SiteKind.Projector } => pooling.ReadsPatches,
        { Tower: Tower.Vision } => !pooling.ReadsText,
        _ => !pooling.ReadsClassToken,
    };

    /// <summary>The capture at a site, with the first pooling that it has tokens for; null where it is not captured.</summary>
    internal SiteCapture? CaptureAt(Site site) =>
        Sites.FirstOrDefault(pattern => pattern.Includes(site)) is { } found
        && Pooling.FirstOrDefault(pooling => Applies(pooling, found)) is { } first ? new SiteCapture(site, first) : null;

    /// <summary>The captures in a network, in the order of the patterns and then of computation, each once.</summary>
    /// <exception cref="NetworkInputException">The network lacks sites; the message names all of them.</exception>
    internal ImmutableArray<SiteCapture> Resolve(Network network)
    {
        var missing = Sites.Where(pattern => !pattern.ExistsIn(network)).ToArray();
        return missing.Length == 0
            ? [.. (from pattern in Sites
                   from site in network.Sites.Where(pattern.Includes)
                   from pooling in Pooling
                   where Applies(pooling, pattern)
                   select new SiteCapture(site, pooling)).Distinct()]
            : throw SitePattern.Missing(missing, network);
    }
}
