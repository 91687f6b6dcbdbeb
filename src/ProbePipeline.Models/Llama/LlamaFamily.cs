using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Llama;

/// <summary>Llama 1 to 3 and Vicuna; defaults of transformers' LlamaConfig.</summary>
internal sealed class LlamaFamily : IDecoderFamily
{
    private static readonly DecoderDefaults Defaults = new()
    {
        VocabularySize = 32000,
        HiddenSize = 4096,
        IntermediateSize = 11008,
        LayerCount = 32,
        HeadCount = 32,
        MaxLength = 2048,
    };

    public string ModelType => "llama";

    public DecoderConfig Read(ConfigReader config) => Defaults.Read(config) with
    {
        HasQueryKeyValueBias = config.Bool("attention_bias", false),
        HasAttentionOutBias = config.Bool("attention_bias", false),
        HasMlpBias = config.Bool("mlp_bias", false),
    };
}
