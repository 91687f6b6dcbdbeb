using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Checkpoints.Keys;

/// <summary>The names of CLIP's and SigLIP's vision towers, as Hugging Face transformers gives them.</summary>
internal static class VisionTowerKeys
{
    public static VisionTower Read(WeightReader weights, VisionTowerConfig config)
    {
        // Old checkpoints store this table of 0, 1, 2, ... with the weights.
        weights.Ignore("embeddings.position_ids", "a list of positions, no weight");
        return new VisionTower(
            config,
            Embedding(weights, config),
            [.. Enumerable.Range(0, config.LayerCount).Select(layer => Layer(weights.At($"encoder.layers.{layer}"), config))],
            weights.LayerNorm("post_layernorm", config.HiddenSize, config.NormEpsilon),
            config.HasAttentionPooling ? Pooling(weights.At("head"), config) : null);
    }

    private static PatchEmbedding Embedding(WeightReader weights, VisionTowerConfig config)
    {
        var (embeddings, size, patch) = (weights.At("embeddings"), config.HiddenSize, config.PatchSize);
        return new PatchEmbedding(
            PatchWeight: embeddings.Tensor("patch_embedding.weight", size, config.ChannelCount, patch, patch),
            PatchBias: config.HasPatchBias ? embeddings.Tensor("patch_embedding.bias", size) : null,
            ClassToken: config.ClassTokenCount > 0 ? embeddings.Tensor("class_embedding", size) : null,
            Positions: embeddings.Tensor("position_embedding.weight", config.TokenCount, size),
            // The misspelling is the published name.
            Norm: config.HasEmbeddingNorm ? weights.LayerNorm("pre_layrnorm", size, config.NormEpsilon) : null);
    }

    /// <summary>A layer; CLIP's text encoder has the same.</summary>
    public static TransformerLayer Layer(WeightReader weights, IEncoderShape config)
    {
        var (attention, size) = (weights.At("self_attn"), config.HiddenSize);
        return new TransformerLayer(
            AttentionNorm: weights.LayerNorm("layer_norm1", size, config.NormEpsilon),
            Attention: new SelfAttention(
                Query: attention.Linear("q_proj", size, size),
                Key: attention.Linear("k_proj", size, size),
                Value: attention.Linear("v_proj", size, size),
                Out: attention.Linear("out_proj", size, size),
                HeadCount: config.HeadCount,
                KeyValueHeadCount: config.HeadCount,
                Kernel: AttentionKernel.Of(config)),
            AttentionPostNorm: null,
            MlpNorm: weights.LayerNorm("layer_norm2", size, config.NormEpsilon),
            Mlp: Mlp(weights.At("mlp"), config),
            MlpPostNorm: null);
    }

    private static AttentionPooling Pooling(WeightReader weights, VisionTowerConfig config)
    {
        var size = config.HiddenSize;
        var fused = new Linear(weights.Tensor("attention.in_proj_weight", 3 * size, size), weights.Tensor("attention.in_proj_bias", 3 * size));
        return new AttentionPooling(
            Probe: weights.Tensor("probe", 1, 1, size),
            Query: fused.Rows(0, size),
            Key: fused.Rows(size, size),
            Value: fused.Rows(2 * size, size),
            Out: weights.Linear("attention.out_proj", size, size),
            HeadCount: config.HeadCount,
            Kernel: AttentionKernel.Of(config),
            Norm: weights.LayerNorm("layernorm", size, config.NormEpsilon),
            Mlp: Mlp(weights.At("mlp"), config));
    }

    private static Mlp Mlp(WeightReader weights, IEncoderShape config) => new(
        weights.Linear("fc1", config.IntermediateSize, config.HiddenSize),
        config.Activation,
        weights.Linear("fc2", config.HiddenSize, config.IntermediateSize));
}
