using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Vit;

/// <summary>ViT (Dosovitskiy et al., 2021): a class token, a pooler where the checkpoint has one; defaults of transformers' ViTConfig, which are ViT-B/16's.</summary>
internal sealed class VitFamily : IVisionFamily
{
    private static readonly VisionTowerDefaults Defaults = new(PatchSize: 16, Activation: "gelu", NormEpsilon: 1e-12);

    public string ModelType => "vit";

    public VisionTowerConfig Read(ConfigReader config) => Defaults.Read(config) with { ClassTokenCount = 1, HasPatchBias = true };

    public VisionTower Build(WeightReader weights, VisionTowerConfig config)
    {
        // A classifier holds the tower under its name, and a head.
        var tower = weights.Has("vit.layernorm.weight") ? weights.At("vit") : weights;
        weights.Ignore("classifier.*", "belongs to the classes that the checkpoint was trained on, not to the tower");
        return VitKeys.Read(tower, config with { HasClassTokenPooling = tower.Has("pooler.dense.weight") }, VitLayerNames.Vit);
    }
}
