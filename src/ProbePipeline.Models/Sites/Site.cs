using System.Globalization;

namespace ProbePipeline.Models.Sites;

/// <summary>
/// A place in a network at which states are captured. Values are made by the factory methods alone, so that no impossible site exists.
/// In the terms of Hugging Face transformers, <c>hidden_states[0]</c> is <see cref="Embeddings"/> and <c>hidden_states[i]</c> is
/// <see cref="ResidualPost"/> of layer <c>i - 1</c>, except for a decoder's last entry, which is <see cref="FinalNorm"/>.
/// </summary>
public readonly record struct Site
{
    private Site(SiteKind kind, Tower tower, int layer)
    {
        Kind = kind;
        Tower = tower;
        Layer = layer;
    }

    /// <summary>What is read.</summary>
    public SiteKind Kind { get; }

    /// <summary>The tower that it belongs to; the projector counts to the language model, whose tokens it makes.</summary>
    public Tower Tower { get; }

    /// <summary>Layer, counted from 0; -1 for a site that belongs to no layer.</summary>
    public int Layer { get; }

    /// <inheritdoc cref="SiteKind.Projector"/>
    public static Site Projector { get; } = new(SiteKind.Projector, Tower.Language, -1);

    /// <inheritdoc cref="SiteKind.Pooled"/>
    public static Site Pooled { get; } = new(SiteKind.Pooled, Tower.Vision, -1);

    /// <inheritdoc cref="SiteKind.Embeddings"/>
    public static Site Embeddings(Tower tower) => new(SiteKind.Embeddings, tower, -1);

    /// <inheritdoc cref="SiteKind.FinalNorm"/>
    public static Site FinalNorm(Tower tower) => new(SiteKind.FinalNorm, tower, -1);

    /// <inheritdoc cref="SiteKind.ResidualPost"/>
    public static Site ResidualPost(Tower tower, int layer) => OfLayer(SiteKind.ResidualPost, tower, layer);

    /// <inheritdoc cref="SiteKind.AttentionIn"/>
    public static Site AttentionIn(Tower tower, int layer) => OfLayer(SiteKind.AttentionIn, tower, layer);

    /// <inheritdoc cref="SiteKind.AttentionOut"/>
    public static Site AttentionOut(Tower tower, int layer) => OfLayer(SiteKind.AttentionOut, tower, layer);

    /// <inheritdoc cref="SiteKind.MlpOut"/>
    public static Site MlpOut(Tower tower, int layer) => OfLayer(SiteKind.MlpOut, tower, layer);

    /// <summary>The form used in files and reports: <c>vision.resid_post.3</c>, <c>projector</c>, <c>language.final_norm</c>.</summary>
    public override string ToString()
    {
        var tower = Tower == Tower.Vision ? "vision" : "language";
        return Kind switch
        {
            SiteKind.Projector => "projector",
            SiteKind.Embeddings => $"{tower}.embeddings",
            SiteKind.FinalNorm => $"{tower}.final_norm",
            SiteKind.Pooled => "vision.pooled",
            SiteKind.AttentionIn => tower + OfLayerText("attn_in"),
            SiteKind.AttentionOut => tower + OfLayerText("attn_out"),
            SiteKind.MlpOut => tower + OfLayerText("mlp_out"),
            _ => tower + OfLayerText("resid_post"),
        };
    }

    private string OfLayerText(string name) => string.Create(CultureInfo.InvariantCulture, $".{name}.{Layer}");

    private static Site OfLayer(SiteKind kind, Tower tower, int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        return new Site(kind, tower, layer);
    }
}
