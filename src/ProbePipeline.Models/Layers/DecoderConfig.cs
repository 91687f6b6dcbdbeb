using System.Collections.Immutable;

namespace ProbePipeline.Models.Layers;

/// <summary>The shape of a language decoder.</summary>
public sealed record DecoderConfig
{
    /// <summary>Rows of the embedding table.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream, D.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width between the maps of an MLP.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Number of layers.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Query heads.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Key-value heads; each serves <c>HeadCount / KeyValueHeadCount</c> query heads.</summary>
    public required int KeyValueHeadCount { get; init; }

    /// <summary>Width of a head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>What the norms add to the mean square.</summary>
    public required double NormEpsilon { get; init; }

    /// <summary>Longest row that the model was made for.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Whether the output head is the embedding table.</summary>
    public required bool TiesHead { get; init; }

    /// <summary>For every layer the sliding window (a token sees that many tokens, itself included); null: no window.</summary>
    public required ImmutableArray<int?> LayerWindows { get; init; }

    /// <summary>The MLP's activation.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>How positions turn queries and keys.</summary>
    public required RotarySchedule Rotary { get; init; }

    /// <summary>Whether the maps to queries, keys and values have biases.</summary>
    internal bool HasQueryKeyValueBias { get; init; }

    /// <summary>Whether the map out of attention has a bias.</summary>
    internal bool HasAttentionOutBias { get; init; }

    /// <summary>Whether the maps of the MLP have biases.</summary>
    internal bool HasMlpBias { get; init; }

    /// <summary>Whether a checkpoint holds one map for queries, keys and values and one for gate and up.</summary>
    internal bool FusesProjections { get; init; }

    /// <summary>Whether each branch is normed again before it is added (Gemma 2).</summary>
    internal bool HasBranchNorms { get; init; }

    /// <summary>Whether norms scale by 1 + weight (Gemma).</summary>
    internal bool NormsScaleByOnePlusWeight { get; init; }

    /// <summary>Whether every token of a prompt sees every other, and only what comes after the prompt is causal (PaliGemma).</summary>
    public bool HasBidirectionalPrefix { get; init; }

    /// <summary>What the embeddings are multiplied by.</summary>
    internal double EmbeddingScale { get; init; } = 1;

    /// <summary>What attention scores are multiplied by; null: 1 / sqrt(head size).</summary>
    internal double? AttentionScale { get; init; }

    /// <summary>The cap c of attention scores, c tanh(s / c).</summary>
    internal double? AttentionSoftCap { get; init; }

    /// <summary>The cap of logits.</summary>
    internal double? LogitSoftCap { get; init; }
}
