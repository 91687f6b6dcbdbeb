using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Qwen2;

/// <summary>Qwen 1.5 to 2.5: biases on queries, keys and values, a window in the upper layers if any; defaults of transformers' Qwen2Config.</summary>
internal sealed class Qwen2Family : IDecoderFamily
{
    private static readonly DecoderDefaults Defaults = new()
    {
        VocabularySize = 151936,
        HiddenSize = 4096,
        IntermediateSize = 22016,
        LayerCount = 32,
        HeadCount = 32,
        KeyValueHeadCount = 32,
        MaxLength = 32768,
    };

    public string ModelType => "qwen2";

    public DecoderConfig Read(ConfigReader config)
    {
        var shared = Defaults.Read(config);
        var window = config.Bool("use_sliding_window", false) ? config.NullableInt("sliding_window", 4096) : null;
        var firstWindowed = config.Int("max_window_layers", 28);
        return shared with
        {
            LayerWindows = config.Windows(shared.LayerCount, window, layer => layer >= firstWindowed),
            HasQueryKeyValueBias = true,
        };
    }
}
