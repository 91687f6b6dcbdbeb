using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models;

/// <summary>What a forward pass shall do beside running: nothing is computed that nobody asks for.</summary>
public sealed record ForwardRequest
{
    /// <summary>The attention edges that are cut.</summary>
    public ImmutableArray<AttentionBlock> Blocks { get; init; } = [];

    /// <summary>The states that are changed on the way, at one site in this order; captures see the changed ones.</summary>
    public ImmutableArray<StateEdit> Edits { get; init; } = [];

    /// <summary>The states to keep.</summary>
    public ImmutableArray<SiteCapture> Captures { get; init; } = [];

    /// <summary>The layers whose attention patterns to keep: large, [heads, queries, keys] a row or tile.</summary>
    public ImmutableArray<(Tower Tower, int Layer)> Patterns { get; init; } = [];

    /// <summary>The tokens at which next-token scores are wanted; null: none.</summary>
    public TokenSet? LogitsAt { get; init; }
}
