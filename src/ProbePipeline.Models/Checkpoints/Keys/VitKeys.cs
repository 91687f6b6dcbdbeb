using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Checkpoints.Keys;

/// <summary>The names of ViT and its descendants, as Hugging Face transformers gives them.</summary>
internal static class VitKeys
{
    public static VisionTower Read(WeightReader weights, VisionTowerConfig config, VitLayerNames names)
    {
        var (embeddings, size, patch) = (weights.At("embeddings"), config.HiddenSize, config.PatchSize);
        return new VisionTower(
            config,
            new PatchEmbedding(
                embeddings.Tensor("patch_embeddings.projection.weight", size, config.ChannelCount, patch, patch),
                embeddings.Tensor("patch_embeddings.projection.bias", size),
                embeddings.Tensor("cls_token", 1, 1, size),
                embeddings.Tensor("position_embeddings", 1, config.ClassTokenCount + config.PatchCount, size),
                Norm: null,
                config.RegisterCount > 0 ? embeddings.Tensor("register_tokens", 1, config.RegisterCount, size).squeeze(0) : null),
            [.. Enumerable.Range(0, config.LayerCount).Select(layer => Layer(weights.At($"encoder.layer.{layer}"), config, names))],
            weights.LayerNorm("layernorm", size, config.NormEpsilon),
            config.HasClassTokenPooling ? new ClassTokenPooling(weights.Linear("pooler.dense", size, size)) : null);
    }

    private static TransformerLayer Layer(WeightReader weights, VisionTowerConfig config, VitLayerNames names)
    {
        var (attention, size) = (weights.At("attention"), config.HiddenSize);
        return new TransformerLayer(
            weights.LayerNorm(names.AttentionNorm, size, config.NormEpsilon),
            new SelfAttention(
                attention.Linear("attention.query", size, size),
                attention.Linear("attention.key", size, size),
                attention.Linear("attention.value", size, size),
                attention.Linear("output.dense", size, size),
                config.HeadCount,
                config.HeadCount,
                config.Kernel),
            config.HasLayerScale ? new LayerScale(weights.Tensor("layer_scale1.lambda1", size)) : null,
            weights.LayerNorm(names.MlpNorm, size, config.NormEpsilon),
            config.HasGatedMlp ? Gated(weights.At("mlp"), config) : new Mlp(weights.Linear(names.Up, config.IntermediateSize, size), config.Activation, weights.Linear(names.Down, size, config.IntermediateSize)),
            config.HasLayerScale ? new LayerScale(weights.Tensor("layer_scale2.lambda1", size)) : null);
    }

    // One map holds gate and up, the gate first.
    private static GatedMlp Gated(WeightReader weights, VisionTowerConfig config)
    {
        var (wide, size) = (config.IntermediateSize, config.HiddenSize);
        var both = weights.Linear("weights_in", 2 * wide, size);
        return new GatedMlp(both.Rows(0, wide), both.Rows(wide, wide), Activation.Silu, weights.Linear("weights_out", size, wide));
    }
}
