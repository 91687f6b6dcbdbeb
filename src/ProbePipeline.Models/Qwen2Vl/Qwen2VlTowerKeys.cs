using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Qwen2Vl;

/// <summary>The names and shapes of Qwen2-VL's vision tower, as Hugging Face transformers gives them.</summary>
internal static class Qwen2VlTowerKeys
{
    private const double NormEpsilon = 1e-6;
    private const int MostMerged = 16;
    private const double LargestRatio = 64;

    public static VisionTower Read(WeightReader weights, ConfigReader config)
    {
        var size = config.Size("embed_dim", 1280);
        var shape = new VisionTowerConfig
        {
            HiddenSize = size,
            IntermediateSize = (int)(size * Ratio(config)),
            LayerCount = config.Count("depth", 32),
            HeadCount = config.Heads("num_heads", 16),
            // Pictures keep their own size.
            ImageSize = 0,
            PatchSize = config.Count("patch_size", 14),
            ChannelCount = config.Count(config.Has("in_chans") ? "in_chans" : "in_channels", 3),
            FrameCount = config.Count("temporal_patch_size", 2),
            MergedSide = config.Size("spatial_merge_size", 2, MostMerged),
            NormEpsilon = NormEpsilon,
            Activation = config.Activation("hidden_act", "quick_gelu"),
        };
        var theta = config.Object("rope_parameters").Double("rope_theta", 10_000);
        return new VisionTower(
            shape,
            Embedding(weights, shape),
            [.. Enumerable.Range(0, shape.LayerCount).Select(layer => Layer(weights.At($"blocks.{layer}"), shape))],
            weights.LayerNorm("merger.ln_q", size, NormEpsilon),
            Pooling: null)
        {
            Rotary = PatchRotarySchedule.Standard(theta, size / shape.HeadCount),
        };
    }

    private static double Ratio(ConfigReader config) => config.Double("mlp_ratio", 4) is var ratio && ratio > 0 && ratio <= LargestRatio
        ? ratio
        : throw config.Error("mlp_ratio", $"more than 0 and at most {LargestRatio}", $"{ratio}");

    public static Qwen2VlProjection Projection(WeightReader weights, VisionTower tower, int width)
    {
        var side = tower.Config.MergedSide;
        var inner = side * side * tower.Config.HiddenSize;
        return new Qwen2VlProjection(
            tower.Config.LayerCount, tower.FinalNorm, side, new Mlp(weights.Linear("mlp.0", inner, inner), Activation.Gelu, weights.Linear("mlp.2", width, inner)));
    }

    // A patch of several frames is one of as many times the channels.
    private static PatchEmbedding Embedding(WeightReader weights, VisionTowerConfig shape)
    {
        var kernel = weights.Tensor("patch_embed.proj.weight", shape.HiddenSize, shape.ChannelCount, shape.FrameCount, shape.PatchSize, shape.PatchSize);
        return new PatchEmbedding(kernel.view(shape.HiddenSize, -1, shape.PatchSize, shape.PatchSize), PatchBias: null, ClassToken: null, Positions: null, Norm: null);
    }

    private static TransformerLayer Layer(WeightReader weights, VisionTowerConfig shape)
    {
        var size = shape.HiddenSize;
        var fused = weights.Linear("attn.qkv", 3 * size, size);
        return new TransformerLayer(
            AttentionNorm: weights.LayerNorm("norm1", size, NormEpsilon),
            Attention: new SelfAttention(
                Query: fused.Rows(0, size),
                Key: fused.Rows(size, size),
                Value: fused.Rows(2 * size, size),
                Out: weights.Linear("attn.proj", size, size),
                HeadCount: shape.HeadCount,
                KeyValueHeadCount: shape.HeadCount,
                Kernel: AttentionKernel.Of(shape)),
            AttentionPostNorm: null,
            MlpNorm: weights.LayerNorm("norm2", size, NormEpsilon),
            Mlp: new Mlp(weights.Linear("mlp.fc1", shape.IntermediateSize, size), shape.Activation, weights.Linear("mlp.fc2", size, shape.IntermediateSize)),
            MlpPostNorm: null);
    }
}
