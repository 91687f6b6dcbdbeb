using System.Collections.Immutable;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>What several architectures spell alike in config.json, in its old and new forms.</summary>
internal static class ArchitectureConfig
{
    /// <summary>The activation named under a key.</summary>
    public static Activation Activation(this ConfigReader config, string name, string classDefault) => config.String(name, classDefault) switch
    {
        "quick_gelu" => Layers.Activation.QuickGelu,
        "gelu" => Layers.Activation.Gelu,
        "gelu_pytorch_tanh" or "gelu_new" or "gelu_fast" => Layers.Activation.GeluTanh,
        "silu" or "swish" => Layers.Activation.Silu,
        "relu" => Layers.Activation.Relu,
        var other => throw config.Error(name, "quick_gelu, gelu, gelu_pytorch_tanh, silu or relu", $"\"{other}\""),
    };

    /// <summary>Refuses every text under a key but one, which is also the default.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="name">The key.</param>
    /// <param name="only">The text that the published checkpoints have.</param>
    /// <param name="expected">The same in words, for the error; null: as it is.</param>
    public static void Require(this ConfigReader config, string name, string only, string? expected = null)
    {
        if (config.String(name, only) is var found && found != only)
        {
            throw config.Error(name, expected ?? $"\"{only}\", as the published checkpoints have it", $"\"{found}\"");
        }
    }

    /// <summary>A hidden state of a tower, from 0, the embeddings: transformers counts negative ones from the end.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="name">The key that holds it, for the error.</param>
    /// <param name="state">As the configuration counts it.</param>
    /// <param name="layers">Layers of the tower.</param>
    public static int HiddenState(this ConfigReader config, string name, int state, int layers)
    {
        var index = state < 0 ? layers + 1 + state : state;
        return index >= 0 && index <= layers
            ? index
            : throw config.Error(name, $"a hidden state of a tower of {layers} layers ({-layers - 1} to {layers})", $"{state}");
    }

    /// <summary>Attention heads that share a hidden size evenly.</summary>
    public static int HeadsOf(this ConfigReader config, int hiddenSize, int classDefault)
    {
        const string Key = "num_attention_heads";
        var count = config.Heads(Key, classDefault);
        return hiddenSize % count == 0 ? count : throw config.Error(Key, $"a divisor of hidden_size, {hiddenSize}", $"{count}");
    }

    /// <summary>Key-value heads, each of which serves as many query heads.</summary>
    public static int KeyValueHeads(this ConfigReader config, int heads, int classDefault)
    {
        const string Key = "num_key_value_heads";
        var count = config.Heads(Key, classDefault);
        return heads % count == 0 ? count : throw config.Error(Key, $"a divisor of num_attention_heads, {heads}", $"{count}");
    }

    /// <summary>A decoder inside a larger model, whose configuration may tie the output head to the embeddings where the decoder's own does not say so.</summary>
    public static DecoderConfig TiedAlsoBy(this DecoderConfig decoder, ConfigReader whole) =>
        decoder with { TiesHead = decoder.TiesHead || whole.Bool("tie_word_embeddings", false) };

    /// <summary>
    /// For every layer its sliding window or null. <c>layer_types</c>, where the configuration has it, says which layers slide; before there was
    /// such a list, the class's own rule did.
    /// </summary>
    public static ImmutableArray<int?> Windows(this ConfigReader config, int layers, int? window, Func<int, bool>? classRule = null)
    {
        if (!config.Has("layer_types"))
        {
            return [.. Enumerable.Range(0, layers).Select(layer => classRule?.Invoke(layer) ?? true ? window : null)];
        }

        var types = config.StringList("layer_types");
        return types.Count == layers
            ? [.. types.Select(type => type switch
            {
                "sliding_attention" => window ?? throw config.Error("sliding_window", "a number, since layer_types holds sliding_attention", "null"),
                "full_attention" => (int?)null,
                _ => throw config.Error("layer_types", "full_attention or sliding_attention", $"\"{type}\""),
            })]
            : throw config.Error("layer_types", $"{layers} entries, one a layer", $"{types.Count}");
    }

    /// <summary>
    /// Rotary positions: <c>rope_theta</c> with <c>rope_scaling { type or rope_type, ... }</c> (before transformers 5) or
    /// <c>rope_parameters { rope_theta, rope_type, ... }</c>.
    /// </summary>
    public static RotarySchedule Rotary(this ConfigReader config, int headSize, int maxLength)
    {
        var parameters = config.Object(config.Has("rope_parameters") ? "rope_parameters" : "rope_scaling");
        var theta = parameters.Double("rope_theta", config.Double("rope_theta", 10_000));
        var share = parameters.Double("partial_rotary_factor", config.Double("partial_rotary_factor", 1));
        var rotated = share is > 0 and <= 1 ? (int)(headSize * share) : throw parameters.Error("partial_rotary_factor", "more than 0 and at most 1", $"{share}");
        switch (parameters.String(["rope_type", "type"], "default"))
        {
            // Its sections are the family's to read.
            case "default" or "mrope":
                return RotarySchedule.Standard(theta, rotated);
            case "linear":
                return RotarySchedule.Standard(theta, rotated, parameters.RequiredDouble("factor"));
            case "llama3":
                return RotarySchedule.Llama3(
                    theta,
                    rotated,
                    factor: parameters.RequiredDouble("factor"),
                    lowFactor: parameters.RequiredDouble("low_freq_factor"),
                    highFactor: parameters.RequiredDouble("high_freq_factor"),
                    originalLength: parameters.RequiredInt("original_max_position_embeddings"));
            case "longrope" or "su":
                var original = parameters.Int("original_max_position_embeddings", config.Int("original_max_position_embeddings", maxLength));
                var stretch = (double)maxLength / original;
                var scale = parameters.Double("attention_factor", stretch <= 1 ? 1 : Math.Sqrt(1 + (Math.Log(stretch) / Math.Log(original))));
                return RotarySchedule.LongRope(theta, rotated, shortFactors: Factors("short_factor"), longFactors: Factors("long_factor"), original, scale);
            case var other:
                throw parameters.Error("rope_type", "default, linear, llama3, longrope or su", $"\"{other}\"");
        }

        IReadOnlyList<double> Factors(string name)
        {
            var factors = parameters.RequiredDoubleList(name);
            return factors.Count == rotated / 2 ? factors : throw parameters.Error(name, $"{rotated / 2} numbers (one for each pair of a head's coordinates)", $"{factors.Count}");
        }
    }
}
