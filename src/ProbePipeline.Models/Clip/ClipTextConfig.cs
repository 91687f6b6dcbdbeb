using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Clip;

/// <summary>The shape of CLIP's text encoder.</summary>
internal sealed record ClipTextConfig : IEncoderShape
{
    /// <summary>Rows of the embedding table.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The longest text, in tokens.</summary>
    public required int MaxLength { get; init; }

    /// <summary>What ends a text.</summary>
    public required int EndToken { get; init; }

    public required int HiddenSize { get; init; }

    public required int IntermediateSize { get; init; }

    /// <summary>Number of layers.</summary>
    public required int LayerCount { get; init; }

    public required int HeadCount { get; init; }

    public required double NormEpsilon { get; init; }

    public required Activation Activation { get; init; }

    /// <summary>What <c>text_config</c> says; defaults of transformers' CLIPTextConfig, which are those of the encoder beside ViT-B/32.</summary>
    public static ClipTextConfig Read(ConfigReader config)
    {
        var hiddenSize = config.Size("hidden_size", 512);
        return new ClipTextConfig
        {
            VocabularySize = config.Tokens("vocab_size", 49408),
            MaxLength = config.Tokens("max_position_embeddings", 77),
            EndToken = config.Int("eos_token_id", 49407),
            HiddenSize = hiddenSize,
            IntermediateSize = config.Size("intermediate_size", 2048),
            LayerCount = config.Count("num_hidden_layers", 12),
            HeadCount = config.HeadsOf(hiddenSize, 8),
            NormEpsilon = config.Double("layer_norm_eps", 1e-5),
            Activation = config.Activation("hidden_act", "quick_gelu"),
        };
    }
}
