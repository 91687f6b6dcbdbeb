using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Checkpoints.Keys;

/// <summary>The names of Qwen2-VL's vision tower, as Hugging Face transformers gives them.</summary>
internal static class Qwen2VlTowerKeys
{
    public static VisionTower Read(WeightReader weights, VisionTowerConfig config) => new(
        config,
        Embedding(weights, config),
        [.. Enumerable.Range(0, config.LayerCount).Select(layer => Layer(weights.At($"blocks.{layer}"), config))],
        weights.LayerNorm("merger.ln_q", config.HiddenSize, config.NormEpsilon),
        Pooling: null);

    // A patch of several frames is one of as many times the channels.
    private static PatchEmbedding Embedding(WeightReader weights, VisionTowerConfig config)
    {
        var kernel = weights.Tensor("patch_embed.proj.weight", config.HiddenSize, config.ChannelCount, config.FrameCount, config.PatchSize, config.PatchSize);
        return new PatchEmbedding(kernel.view(config.HiddenSize, -1, config.PatchSize, config.PatchSize), PatchBias: null, ClassToken: null, Positions: null, Norm: null);
    }

    private static TransformerLayer Layer(WeightReader weights, VisionTowerConfig config)
    {
        var size = config.HiddenSize;
        var fused = weights.Linear("attn.qkv", 3 * size, size);
        return new TransformerLayer(
            AttentionNorm: weights.LayerNorm("norm1", size, config.NormEpsilon),
            Attention: new SelfAttention(
                Query: fused.Rows(0, size),
                Key: fused.Rows(size, size),
                Value: fused.Rows(2 * size, size),
                Out: weights.Linear("attn.proj", size, size),
                HeadCount: config.HeadCount,
                KeyValueHeadCount: config.HeadCount,
                Kernel: AttentionKernel.Of(config)),
            AttentionPostNorm: null,
            MlpNorm: weights.LayerNorm("norm2", size, config.NormEpsilon),
            Mlp: new Mlp(weights.Linear("mlp.fc1", config.IntermediateSize, size), config.Activation, weights.Linear("mlp.fc2", size, config.IntermediateSize)),
            MlpPostNorm: null);
    }
}
