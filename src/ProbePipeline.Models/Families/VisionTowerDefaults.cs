using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Families;

/// <summary>The keys that the configurations of vision towers share; CLIP's and SigLIP's classes have those of a ViT-B.</summary>
/// <param name="PatchSize">Where <c>patch_size</c> is left out.</param>
/// <param name="Activation">Where <c>hidden_act</c> is left out.</param>
/// <param name="NormEpsilon">Where <c>layer_norm_eps</c> is left out.</param>
internal sealed record VisionTowerDefaults(int PatchSize, string Activation, double NormEpsilon)
{
    /// <summary>Where <c>hidden_size</c> is left out.</summary>
    public int HiddenSize { get; init; } = 768;

    /// <summary>Where <c>num_attention_heads</c> is left out.</summary>
    public int HeadCount { get; init; } = 12;

    /// <summary>The configuration, with nothing but patches.</summary>
    public VisionTowerConfig Read(ConfigReader config)
    {
        var hiddenSize = config.Size("hidden_size", HiddenSize);
        return new VisionTowerConfig
        {
            HiddenSize = hiddenSize,
            IntermediateSize = config.Size("intermediate_size", 3072),
            LayerCount = config.Size("num_hidden_layers", 12),
            HeadCount = config.HeadsOf(hiddenSize, HeadCount),
            ChannelCount = config.Size("num_channels", 3),
            ImageSize = config.Size("image_size", 224),
            PatchSize = config.Size("patch_size", PatchSize),
            Activation = config.Activation("hidden_act", Activation),
            NormEpsilon = config.Double("layer_norm_eps", NormEpsilon),
        };
    }
}
