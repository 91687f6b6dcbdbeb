using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Mistral;

/// <summary>Mistral 7B and its kin: Llama with a sliding window; defaults of transformers' MistralConfig.</summary>
internal sealed class MistralFamily : IDecoderFamily
{
    private static readonly DecoderDefaults Defaults = new()
    {
        VocabularySize = 32000,
        HiddenSize = 4096,
        IntermediateSize = 14336,
        LayerCount = 32,
        HeadCount = 32,
        KeyValueHeadCount = 8,
        MaxLength = 131072,
    };

    public string ModelType => "mistral";

    public DecoderConfig Read(ConfigReader config)
    {
        var shared = Defaults.Read(config);
        return shared with { LayerWindows = config.Windows(shared.LayerCount, config.NullableInt("sliding_window", 4096)) };
    }
}
