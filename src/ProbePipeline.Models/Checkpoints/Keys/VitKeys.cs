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
                PatchWeight: embeddings.Tensor("patch_embeddings.projection.weight", size, config.ChannelCount, patch, patch),
                PatchBias: embeddings.Tensor("patch_embeddings.projection.bias", size),
                ClassToken: embeddings.Tensor("cls_token", 1, 1, size),
                Positions: embeddings.Tensor("position_embeddings", 1, config.ClassTokenCount + config.PatchCount, size),
                Norm: null,
                Registers: config.RegisterCount > 0 ? embeddings.Tensor("register_tokens", 1, config.RegisterCount, size).squeeze(0) : null),
            [.. Enumerable.Range(0, config.LayerCount).Select(layer => Layer(weights.At($"encoder.layer.{layer}"), config, names))],
            weights.LayerNorm("layernorm", size, config.NormEpsilon),
            config.HasClassTokenPooling ? new ClassTokenPooling(weights.Linear("pooler.dense", size, size)) : null);
    }

    private static TransformerLayer Layer(WeightReader weights, VisionTowerConfig config, VitLayerNames names)
    {
        var (attention, size) = (weights.At("attention"), config.HiddenSize);
        return new TransformerLayer(
            AttentionNorm: weights.LayerNorm(names.AttentionNorm, size, config.NormEpsilon),
            Attention: new SelfAttention(
                Query: attention.Linear("attention.query", size, size),
                Key: attention.Linear("attention.key", size, size),
                Value: attention.Linear("attention.value", size, size),
                Out: attention.Linear("output.dense", size, size),
                HeadCount: config.HeadCount,
                KeyValueHeadCount: config.HeadCount,
                Kernel: AttentionKernel.Of(config)),
            AttentionPostNorm: config.HasLayerScale ? new LayerScale(weights.Tensor("layer_scale1.lambda1", size)) : null,
            MlpNorm: weights.LayerNorm(names.MlpNorm, size, config.NormEpsilon),
            Mlp: config.HasGatedMlp ? Gated(weights.At("mlp"), config) : new Mlp(weights.Linear(names.Up, config.IntermediateSize, size), config.Activation, weights.Linear(names.Down, size, config.IntermediateSize)),
            MlpPostNorm: config.HasLayerScale ? new LayerScale(weights.Tensor("layer_scale2.lambda1", size)) : null);
    }

    // One map holds gate and up, the gate first.
    private static GatedMlp Gated(WeightReader weights, VisionTowerConfig config)
    {
        var (wide, size) = (config.IntermediateSize, config.HiddenSize);
        var both = weights.Linear("weights_in", 2 * wide, size);
        return new GatedMlp(Gate: both.Rows(0, wide), Up: both.Rows(wide, wide), Activation.Silu, Down: weights.Linear("weights_out", size, wide));
    }
}
