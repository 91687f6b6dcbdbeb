using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Dinov2;

/// <summary>
/// DINOv2 (Oquab et al., 2023), with registers too (Darcet et al., 2024): a class token, layer scale, a gated MLP in the largest; defaults of transformers' Dinov2Config and
/// Dinov2WithRegistersConfig.
/// </summary>
/// <param name="registers">Whether the checkpoint has registers.</param>
internal sealed class Dinov2Family(bool registers) : IVisionFamily
{
    private static readonly VisionTowerDefaults Defaults = new(PatchSize: 14, Activation: "gelu", NormEpsilon: 1e-6);

    public string ModelType => registers ? "dinov2_with_registers" : "dinov2";

    public VisionTowerConfig Read(ConfigReader config)
    {
        var read = Defaults.Read(config);
        var wide = read.HiddenSize * config.Count("mlp_ratio", 4);
        var gated = config.Bool("use_swiglu_ffn", false);
        return read with
        {
            // Two thirds, rounded up to a multiple of eight, so that three maps have as many parameters as two (modeling_dinov2.py).
            IntermediateSize = gated ? ((wide * 2 / 3) + 7) / 8 * 8 : wide,
            ClassTokenCount = 1,
            RegisterCount = registers ? config.Count("num_register_tokens", 4) : 0,
            HasPatchBias = true,
            HasLayerScale = true,
            HasGatedMlp = gated,
        };
    }

    public VisionTower Build(WeightReader weights, VisionTowerConfig config)
    {
        weights.Ignore("embeddings.mask_token", "stands for patches that are hidden in training");
        return VitKeys.Read(weights, config, VitLayerNames.Dinov2);
    }
}
