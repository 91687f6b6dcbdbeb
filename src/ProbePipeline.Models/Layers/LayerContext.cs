using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Layers;

/// <summary>What a layer needs beside the states.</summary>
/// <param name="Tower">The tower that it belongs to.</param>
/// <param name="Layer">Its index, from 0.</param>
/// <param name="Observer">Who is shown the states.</param>
/// <param name="Edges">See <see cref="AttentionMask"/>.</param>
internal sealed record LayerContext(Tower Tower, int Layer, IStateObserver Observer, MaskedLayer Edges)
{
    /// <summary>Positions; null: they were added to the embeddings.</summary>
    public RotaryEmbedding? Rotary { get; init; }

    /// <summary>The same for all keys, where some are computed no more; null: <see cref="Rotary"/> has them all.</summary>
    public RotaryEmbedding? KeyRotary { get; init; }

    /// <summary>Earlier positions; null: all are computed at once.</summary>
    public KeyValueCache? Cache { get; init; }

    /// <summary>Takes the keys and values, where these tokens are beginnings that prompts share; null: they are not.</summary>
    public PrefixKeys? KeptKeys { get; init; }

    /// <summary>What stands before these tokens, where that was computed apart; null: all of a prompt goes through the layer.</summary>
    public PrefixKeys? Prefix { get; init; }

    /// <summary>The tokens whose states are read behind the layer; null: all.</summary>
    public NeededTokens? Needed { get; init; }
}
