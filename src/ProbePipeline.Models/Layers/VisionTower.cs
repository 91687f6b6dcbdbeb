using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// A vision encoder. T: tiles, C: channels, N: tokens of a tile (class tokens first, then registers, then patches row by row), D: hidden size.
/// </summary>
internal sealed record VisionTower(
    VisionTowerConfig Config,
    PatchEmbedding Embedding,
    IReadOnlyList<TransformerLayer> Layers,
    LayerNorm FinalNorm,
    ITilePooling? Pooling)
{
    /// <summary>Where patches' places are rotated into queries and keys: how. Null: they are added to the embeddings.</summary>
    public PatchRotarySchedule? Rotary { get; init; }

    /// <summary>Whether the tower can pool a tile to one vector.</summary>
    public bool CanPool => Pooling is not null || Config.ClassTokenCount > 0;

    /// <summary>The tower's attention, for <see cref="AttentionMask"/>.</summary>
    public AttentionShape AttentionShape { get; } = new(Config.HeadCount, Causal: false, new int?[Config.LayerCount]);

    /// <summary>Tiles as vectors, where the tower can pool them: [T, C, height, width] -> [T, D].</summary>
    public Tensor Pool(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        using var everything = new MaskedLayer(Allowed: null, Replaced: null);
        var (states, observer) = (Embedding.Forward(pixels), new Nobody());
        foreach (var (index, layer) in Layers.Index())
        {
            states = layer.Forward(states, new LayerContext(Tower.Vision, index, observer, everything));
        }

        return Pooled(states).MoveToOuterDisposeScope();
    }

    /// <summary>Shows what is read behind the last layer.</summary>
    /// <param name="lastStates">What the last layer leaves, [T, N, D].</param>
    /// <param name="observer">Whom.</param>
    public void ShowEnd(Tensor lastStates, IStateObserver observer)
    {
        using var scope = NewDisposeScope();
        if (observer.Wants(Site.FinalNorm(Tower.Vision)))
        {
            observer.Observe(Site.FinalNorm(Tower.Vision), FinalNorm.Forward(lastStates));
        }

        if (observer.Wants(Site.Pooled))
        {
            observer.Observe(Site.Pooled, Pooled(lastStates));
        }
    }

    // [T, N, D] -> [T, D]
    private Tensor Pooled(Tensor lastStates) =>
        Pooling is null ? FinalNorm.Forward(lastStates.select(1, 0)) : Pooling.Forward(FinalNorm.Forward(lastStates));
}
