using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Phi3;

/// <summary>Phi-3: fused projections, two sets of rotary frequencies; defaults of transformers' Phi3Config.</summary>
internal sealed class Phi3Family : IDecoderFamily
{
    private static readonly DecoderDefaults Defaults = new()
    {
        VocabularySize = 32064,
        HiddenSize = 3072,
        IntermediateSize = 8192,
        LayerCount = 32,
        HeadCount = 32,
        MaxLength = 4096,
        NormEpsilon = 1e-5,
    };

    public string ModelType => "phi3";

    public DecoderConfig Read(ConfigReader config)
    {
        var shared = Defaults.Read(config);
        return shared with
        {
            LayerWindows = config.Windows(shared.LayerCount, config.NullableInt("sliding_window", null)),
            FusesProjections = true,
        };
    }
}
