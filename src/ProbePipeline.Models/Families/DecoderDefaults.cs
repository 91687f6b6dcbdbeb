using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Families;

/// <summary>What a decoder's configuration class holds when a key is left out, and the keys that all such classes share.</summary>
internal sealed record DecoderDefaults
{
    public required int VocabularySize { get; init; }

    public required int HiddenSize { get; init; }

    public required int IntermediateSize { get; init; }

    public required int LayerCount { get; init; }

    public required int HeadCount { get; init; }

    /// <summary>Null: as many as query heads.</summary>
    public int? KeyValueHeadCount { get; init; }

    /// <summary>Null: hidden size over heads.</summary>
    public int? HeadSize { get; init; }

    public required int MaxLength { get; init; }

    public double NormEpsilon { get; init; } = 1e-6;

    public bool TiesHead { get; init; }

    /// <summary>The key of the activation, and its default.</summary>
    public (string Key, string Name) Activation { get; init; } = ("hidden_act", "silu");

    /// <summary>The configuration, without sliding windows, biases and whatever else a family has of its own.</summary>
    public DecoderConfig Read(ConfigReader config)
    {
        var heads = config.Heads("num_attention_heads", HeadCount);
        var layers = config.Count("num_hidden_layers", LayerCount);
        var maxLength = config.Tokens("max_position_embeddings", MaxLength);
        var hiddenSize = config.Size("hidden_size", HiddenSize);
        var headSize = config.Has("head_dim") || HeadSize is not null ? config.Edge("head_dim", HeadSize ?? 0) : hiddenSize / config.HeadsOf(hiddenSize, HeadCount);
        return new DecoderConfig
        {
            VocabularySize = config.Tokens("vocab_size", VocabularySize),
            HiddenSize = hiddenSize,
            IntermediateSize = config.Size("intermediate_size", IntermediateSize),
            LayerCount = layers,
            HeadCount = heads,
            KeyValueHeadCount = config.KeyValueHeads(heads, KeyValueHeadCount ?? heads),
            HeadSize = headSize,
            NormEpsilon = config.Double("rms_norm_eps", NormEpsilon),
            MaxLength = maxLength,
            TiesHead = config.Bool("tie_word_embeddings", TiesHead),
            LayerWindows = [.. new int?[layers]],
            Activation = config.Activation(Activation.Key, Activation.Name),
            Rotary = config.Rotary(headSize, maxLength),
        };
    }
}
