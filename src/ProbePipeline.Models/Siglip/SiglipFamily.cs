using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Siglip;

/// <summary>SigLIP's vision tower (Zhai et al., 2023): no class token, a head that pools by attention; defaults of transformers' SiglipVisionConfig.</summary>
internal sealed class SiglipFamily : IVisionFamily
{
    private static readonly VisionTowerDefaults Defaults = new(PatchSize: 16, Activation: "gelu_pytorch_tanh", NormEpsilon: 1e-6);

    public string ModelType => "siglip_vision_model";

    public VisionTowerConfig Read(ConfigReader config) => Defaults.Read(config) with
    {
        HasPatchBias = true,
        HasAttentionPooling = config.Bool("vision_use_head", true),
    };
}
