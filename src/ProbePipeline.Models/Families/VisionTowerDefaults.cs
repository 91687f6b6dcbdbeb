using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Families;

/// <summary>The keys that the configurations of vision towers share; CLIP's and SigLIP's classes have those of a ViT-B.</summary>
/// <param name="PatchSize">Where <c>patch_size</c> is left out.</param>
/// <param name="Activation">Where <c>hidden_act</c> is left out.</param>
/// <param name="NormEpsilon">Where <c>layer_norm_eps</c> is left out.</param>
internal sealed record VisionTowerDefaults(int PatchSize, string Activation, double NormEpsilon)
{
    // Published towers have up to 64 along an edge.
    private const int MostPatches = 1024;

    /// <summary>Where <c>hidden_size</c> is left out.</summary>
    public int HiddenSize { get; init; } = 768;

    /// <summary>Where <c>num_attention_heads</c> is left out.</summary>
    public int HeadCount { get; init; } = 12;

    /// <summary>The configuration, with nothing but patches.</summary>
    public VisionTowerConfig Read(ConfigReader config)
    {
        var hiddenSize = config.Size("hidden_size", HiddenSize);
        var (image, patch) = (config.Edge("image_size", 224), config.Count("patch_size", PatchSize));
        if (image / patch > MostPatches)
        {
            throw config.Error("image_size", $"at most {MostPatches} patches of {patch} pixels along an edge", $"{image}");
        }

        return new VisionTowerConfig
        {
            HiddenSize = hiddenSize,
            IntermediateSize = config.Size("intermediate_size", 3072),
            LayerCount = config.Count("num_hidden_layers", 12),
            HeadCount = config.HeadsOf(hiddenSize, HeadCount),
            ChannelCount = config.Count("num_channels", 3),
            ImageSize = image,
            PatchSize = patch,
            Activation = config.Activation("hidden_act", Activation),
            NormEpsilon = config.Double("layer_norm_eps", NormEpsilon),
        };
    }
}
