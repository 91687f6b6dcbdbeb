using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Gemma;

/// <summary>Gemma (v1): scaled embeddings, norms of 1 + weight; defaults of transformers' GemmaConfig.</summary>
internal sealed class GemmaFamily : IDecoderFamily
{
    private static readonly DecoderDefaults Defaults = new()
    {
        VocabularySize = 256000,
        HiddenSize = 3072,
        IntermediateSize = 24576,
        LayerCount = 28,
        HeadCount = 16,
        KeyValueHeadCount = 16,
        HeadSize = 256,
        MaxLength = 8192,
        TiesHead = true,
        Activation = ("hidden_act", "gelu_pytorch_tanh"),
    };

    public string ModelType => "gemma";

    public DecoderConfig Read(ConfigReader config)
    {
        var shared = Defaults.Read(config);
        return shared with
        {
            HasQueryKeyValueBias = config.Bool("attention_bias", false),
            HasAttentionOutBias = config.Bool("attention_bias", false),
            NormsScaleByOnePlusWeight = true,
            EmbeddingScale = Math.Sqrt(shared.HiddenSize),
        };
    }
}
