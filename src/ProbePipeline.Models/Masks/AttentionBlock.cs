using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Masks;

/// <summary>
/// Attention edges that are cut: queries <paramref name="From"/> may not attend to keys <paramref name="To"/>. Or, where <see cref="Means"/> are given, edges at
/// which these queries see a mean in place of key and value: they attend, but nothing of the row's own tokens comes through.
/// </summary>
/// <param name="Tower">The tower whose self-attention is cut.</param>
/// <param name="From">The queries. Where they hold the last prompt token, every generated token joins them.</param>
/// <param name="To">The keys. Generated tokens are among them only where <see cref="TokenSet.Generated"/> is named.</param>
public sealed record AttentionBlock(Tower Tower, TokenSet From, TokenSet To)
{
    /// <summary>The layers in which the edges are cut.</summary>
    public LayerSelection Layers { get; init; } = LayerSelection.All;

    /// <summary>The attention heads (query heads, from 0) in which the edges are cut; null: all.</summary>
    public ImmutableArray<int>? Heads { get; init; }

    /// <summary>Whether a token keeps its edge to itself.</summary>
    public bool KeepSelf { get; init; } = true;

    /// <summary>Whether what is cut depends on the row's region: the block names it, or what is outside of it.</summary>
    public bool DependsOnRegion => From.Names(TokenSet.Region) || From.Names(TokenSet.Outside) || To.Names(TokenSet.Region) || To.Names(TokenSet.Outside);

    /// <summary>What takes the place of keys and values; null: nothing, the edges are cut.</summary>
    public KeyMeans? Means { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var heads = Heads is { } chosen ? $", heads {string.Join(", ", chosen)}" : "";
        return $"{(Tower == Tower.Vision ? "vision" : "language")}: {From} to {To}, layers {Layers}{heads}{(KeepSelf ? "" : ", self included")}{(Means is null ? "" : ", means for keys and values")}";
    }
}
