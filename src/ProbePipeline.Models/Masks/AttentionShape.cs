namespace ProbePipeline.Models.Masks;

/// <summary>What a tower's self-attention looks like to a mask.</summary>
/// <param name="HeadCount">Query heads.</param>
/// <param name="Causal">Whether a token sees only itself and what came before.</param>
/// <param name="LayerWindows">For every layer the sliding window (a token sees that many tokens, itself included), or null.</param>
internal sealed record AttentionShape(int HeadCount, bool Causal, IReadOnlyList<int?> LayerWindows)
{
    /// <summary>Whether the tokens of a prompt see each other both ways; what is generated stays causal.</summary>
    public bool HasBidirectionalPrefix { get; init; }
}
