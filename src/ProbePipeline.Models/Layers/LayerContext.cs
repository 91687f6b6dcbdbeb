using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Layers;

/// <summary>What a layer needs beside the states.</summary>
/// <param name="Tower">The tower that it belongs to.</param>
/// <param name="Layer">Its index, from 0.</param>
/// <param name="Observer">Who is shown the states.</param>
/// <param name="Edges">See <see cref="AttentionMask"/>.</param>
/// <param name="Rotary">Positions; null where they were added to the embeddings.</param>
/// <param name="KeyRotary">The same for all keys, where some are computed no more; null where <paramref name="Rotary"/> has them all.</param>
/// <param name="Cache">Earlier positions; null where all are computed at once.</param>
internal sealed record LayerContext(
    Tower Tower, int Layer, IStateObserver Observer, MaskedLayer Edges,
    RotaryEmbedding? Rotary = null, RotaryEmbedding? KeyRotary = null, KeyValueCache? Cache = null)
{
    /// <summary>Takes the keys and values, where these tokens are beginnings that prompts share; null: they are not.</summary>
    public PrefixKeys? Keep { get; init; }

    /// <summary>What stands before these tokens, where that was computed apart; null: all of a prompt goes through the layer.</summary>
    public PrefixKeys? Prefix { get; init; }

    /// <summary>The tokens whose states are read behind the layer; null: all.</summary>
    public NeededTokens? Needed { get; init; }
}
