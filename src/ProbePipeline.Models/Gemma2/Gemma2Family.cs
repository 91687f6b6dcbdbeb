using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Gemma2;

/// <summary>
/// Gemma 2: scaled embeddings, norms of 1 + weight before and after each branch, capped scores and logits, a window in every other layer;
/// defaults of transformers' Gemma2Config.
/// </summary>
internal sealed class Gemma2Family : IDecoderFamily
{
    private static readonly DecoderDefaults Defaults = new()
    {
        VocabularySize = 256000,
        HiddenSize = 2304,
        IntermediateSize = 9216,
        LayerCount = 26,
        HeadCount = 8,
        KeyValueHeadCount = 4,
        HeadSize = 256,
        MaxLength = 8192,
        TiesHead = true,
        Activation = ("hidden_activation", "gelu_pytorch_tanh"),
    };

    public string ModelType => "gemma2";

    public DecoderConfig Read(ConfigReader config)
    {
        var shared = Defaults.Read(config);
        return shared with
        {
            LayerWindows = config.Windows(shared.LayerCount, config.NullableInt("sliding_window", 4096), layer => layer % 2 == 0),
            HasQueryKeyValueBias = config.Bool("attention_bias", false),
            HasAttentionOutBias = config.Bool("attention_bias", false),
            HasBranchNorms = true,
            NormsScaleByOnePlusWeight = true,
            EmbeddingScale = Math.Sqrt(shared.HiddenSize),
            AttentionScale = 1 / Math.Sqrt(config.Double("query_pre_attn_scalar", 256)),
            AttentionSoftCap = config.NullableDouble("attn_logit_softcapping", 50),
            LogitSoftCap = config.NullableDouble("final_logit_softcapping", 30),
        };
    }
}
