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
        Norm(weights, "input_layernorm", config),
        Attention(weights.At("self_attn"), config),
        config.HasBranchNorms ? Norm(weights, "post_attention_layernorm", config) : null,
        // Gemma 2 uses the name that means "before the MLP" elsewhere for the norm after attention.
        Norm(weights, config.HasBranchNorms ? "pre_feedforward_layernorm" : "post_attention_layernorm", config),
        Mlp(weights.At("mlp"), config),
        config.HasBranchNorms ? Norm(weights, "post_feedforward_layernorm", config) : null);

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
            query,
            key,
            value,
            weights.Linear("o_proj", size, queries, config.HasAttentionOutBias),
            config.HeadCount,
            config.KeyValueHeadCount,
            new AttentionKernel(config.AttentionScale ?? (1 / Math.Sqrt(config.HeadSize)), config.AttentionSoftCap));
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

        return new GatedMlp(gate, up, config.Activation, weights.Linear("down_proj", size, inner, config.HasMlpBias));
    }

    private static RmsNorm Norm(WeightReader weights, string name, DecoderConfig config) =>
        new(weights.Tensor($"{name}.weight", config.HiddenSize), config.NormEpsilon, config.NormsScaleByOnePlusWeight);
}
