using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Maps;

/// <summary>A probe's decision patch by patch over a picture.</summary>
public sealed record PatchMap
{
    /// <summary>What is said above it, such as the picture's name.</summary>
    public required string Title { get; init; }

    /// <summary>Which probe, under which condition.</summary>
    public required string Subtitle { get; init; }

    /// <summary>The picture as PNG.</summary>
    public required ImmutableArray<byte> Picture { get; init; }

    /// <summary>The classes.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>The patches, which do not overlap: each with its likeliest class, or all with the same class.</summary>
    public required ImmutableArray<PatchDecision> Patches { get; init; }

    /// <summary>The class whose probability is shown at every patch; null: every patch's likeliest class is.</summary>
    public string? Class { get; init; }
}
