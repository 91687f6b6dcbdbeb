using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>A language decoder. B: rows, S: tokens, D: hidden size, V: vocabulary.</summary>
/// <param name="Config">Its shape.</param>
/// <param name="EmbeddingTable">[V, D]</param>
/// <param name="Layers">In order.</param>
/// <param name="FinalNorm">Before the head.</param>
/// <param name="Head">D to V.</param>
internal sealed record Decoder(
    DecoderConfig Config, Tensor EmbeddingTable, IReadOnlyList<TransformerLayer> Layers, INorm FinalNorm, Linear Head)
{
    /// <summary>The decoder's attention, for <see cref="AttentionMask"/>.</summary>
    public AttentionShape AttentionShape { get; } = new(Config.HeadCount, Causal: true, Config.LayerWindows) { HasBidirectionalPrefix = Config.HasBidirectionalPrefix };

    /// <summary>[B, S] -> [B, S, D]</summary>
    public Tensor Embed(Tensor tokens)
    {
        var embedded = EmbeddingTable.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], -1);
        // The factor is rounded to the states' type first, as Gemma's own code does.
        return Config.EmbeddingScale == 1 ? embedded : embedded * tensor(Config.EmbeddingScale, dtype: embedded.dtype, device: embedded.device);
    }

    /// <summary>Shows what is read behind the last layer.</summary>
    /// <param name="lastStates">What the last layer leaves, [B, S, D].</param>
    /// <param name="observer">Whom.</param>
    public void ShowEnd(Tensor lastStates, IStateObserver observer)
    {
        using var scope = NewDisposeScope();
        if (observer.Wants(Site.FinalNorm(Tower.Language)))
        {
            observer.Observe(Site.FinalNorm(Tower.Language), FinalNorm.Forward(lastStates));
        }
    }

    /// <summary>The residual stream read as words: final norm, then the head, without a cap: [..., D] -> [..., V].</summary>
    public Tensor Lens(Tensor states)
    {
        using var scope = NewDisposeScope();
        return Head.Forward(FinalNorm.Forward(states)).MoveToOuterDisposeScope();
    }

    /// <summary>Next-token scores from the residual stream after the last layer: [..., D] -> [..., V].</summary>
    public Tensor Logits(Tensor states)
    {
        using var scope = NewDisposeScope();
        var logits = Lens(states);
        return (Config.LogitSoftCap is { } cap ? tanh(logits.DividedBy(cap)).Times(cap) : logits).MoveToOuterDisposeScope();
    }
}
