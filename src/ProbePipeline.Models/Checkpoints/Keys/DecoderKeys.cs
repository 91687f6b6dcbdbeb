using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Checkpoints.Keys;

/// <summary>The names that Llama and its relatives share, as Hugging Face transformers gives them.</summary>
internal static class DecoderKeys
{
    /// <param name="body">What holds <c>embed_tokens</c>, <c>layers</c> and <c>norm</c>.</param>
    /// <param name="head">What holds <c>lm_head</c>.</param>
    /// <param name="config">The decoder's shape.</param>
    public static Decoder Read(WeightReader body, WeightReader head, DecoderConfig config)
    {
        // Old checkpoints store the rotary frequencies with the weights.
        body.Ignore("layers.*.self_attn.rotary_emb.inv_freq", "rotary frequencies follow from the configuration");
        var embedding = body.Tensor("embed_tokens.weight", config.VocabularySize, config.HiddenSize);
        if (config.TiesHead)
        {
            head.Ignore("lm_head.weight", "tied to the token embeddings");
        }

        return new Decoder(
            config,
            embedding,
            [.. Enumerable.Range(0, config.LayerCount).Select(layer => Layer(body.At($"layers.{layer}"), config))],
            Norm(body, "norm", config),
            config.TiesHead ? new Linear(embedding, Bias: null) : head.Linear("lm_head", config.VocabularySize, config.HiddenSize, bias: false));
    }

    private static TransformerLayer Layer(WeightReader weights, DecoderConfig config) => new(
        AttentionNorm: Norm(weights, "input_layernorm", config),
        Attention: Attention(weights.At("self_attn"), config),
        // Only in Gemma 2 is post_attention_layernorm the norm of what attention gives: elsewhere it is the norm before the MLP, which comes after attention.
        AttentionPostNorm: config.HasBranchNorms ? Norm(weights, "post_attention_layernorm", config) : null,
        MlpNorm: Norm(weights, config.HasBranchNorms ? "pre_feedforward_layernorm" : "post_attention_layernorm", config),
        Mlp: Mlp(weights.At("mlp"), config),
        MlpPostNorm: config.HasBranchNorms ? Norm(weights, "post_feedforward_layernorm", config) : null);

    private static SelfAttention Attention(WeightReader weights, DecoderConfig config)
    {
        var (size, queries, keys) = (config.HiddenSize, config.HeadCount * config.HeadSize, config.KeyValueHeadCount * config.HeadSize);
        Linear query, key, value;
        if (config.FusesProjections)
        {
            var fused = weights.Linear("qkv_proj", queries + (2 * keys), size, config.HasQueryKeyValueBias);
            (query, key, value) = (fused.Rows(0, queries), fused.Rows(queries, keys), fused.Rows(queries + keys, keys));
        }
        else
        {
            query = weights.Linear("q_proj", queries, size, config.HasQueryKeyValueBias);
            key = weights.Linear("k_proj", keys, size, config.HasQueryKeyValueBias);
            value = weights.Linear("v_proj", keys, size, config.HasQueryKeyValueBias);
        }

        return new SelfAttention(
            Query: query,
            Key: key,
            Value: value,
            Out: weights.Linear("o_proj", size, queries, config.HasAttentionOutBias),
            HeadCount: config.HeadCount,
            KeyValueHeadCount: config.KeyValueHeadCount,
            Kernel: new AttentionKernel(config.AttentionScale ?? (1 / Math.Sqrt(config.HeadSize)), config.AttentionSoftCap));
    }

    private static GatedMlp Mlp(WeightReader weights, DecoderConfig config)
    {
        var (size, inner) = (config.HiddenSize, config.IntermediateSize);
        Linear gate, up;
        if (config.FusesProjections)
        {
            var fused = weights.Linear("gate_up_proj", 2 * inner, size, config.HasMlpBias);
            (gate, up) = (fused.Rows(0, inner), fused.Rows(inner, inner));
        }
        else
        {
            gate = weights.Linear("gate_proj", inner, size, config.HasMlpBias);
            up = weights.Linear("up_proj", inner, size, config.HasMlpBias);
        }

        return new GatedMlp(Gate: gate, Up: up, config.Activation, Down: weights.Linear("down_proj", size, inner, config.HasMlpBias));
    }

    private static RmsNorm Norm(WeightReader weights, string name, DecoderConfig config) =>
        new(weights.Tensor($"{name}.weight", config.HiddenSize), config.NormEpsilon, config.NormsScaleByOnePlusWeight);
}
