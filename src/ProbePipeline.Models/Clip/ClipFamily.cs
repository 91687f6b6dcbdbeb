using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Clip;

/// <summary>CLIP's vision tower (Radford et al., 2021): a class token, normed embeddings; defaults of transformers' CLIPVisionConfig, which are ViT-B/32's.</summary>
internal sealed class ClipFamily : IVisionFamily
{
    private static readonly VisionTowerDefaults Defaults = new(PatchSize: 32, Activation: "quick_gelu", NormEpsilon: 1e-5);

    /// <summary>ViT-L/14 at 336 pixels: what LLaVA and Phi-3-Vision mean when their configurations do not say.</summary>
    public static VisionTowerConfig LargePatch14Pixels336 { get; } = new()
    {
        HiddenSize = 1024,
        IntermediateSize = 4096,
        LayerCount = 24,
        HeadCount = 16,
        ImageSize = 336,
        PatchSize = 14,
        Activation = Activation.QuickGelu,
        NormEpsilon = 1e-5,
        ClassTokenCount = 1,
        HasEmbeddingNorm = true,
    };

    public string ModelType => "clip_vision_model";

    public VisionTowerConfig Read(ConfigReader config) => Defaults.Read(config) with { ClassTokenCount = 1, HasEmbeddingNorm = true };
}
