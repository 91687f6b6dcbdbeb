using ProbePipeline.Models.Layers;

namespace ProbePipeline.Costs;

/// <summary>What the layers of a tower multiply: widths and counts, without weights. Biases and norms are left out: they are below a thousandth.</summary>
/// <param name="LayerCount">Layers.</param>
/// <param name="Width">Width of the residual stream, D.</param>
/// <param name="QueryWidth">Query heads times width of a head, A.</param>
/// <param name="KeyWidth">Key-value heads times width of a head, K.</param>
/// <param name="InnerWidth">Width within the MLP, I.</param>
/// <param name="InnerMaps">Maps of the MLP between D and I: two, or three where it is gated.</param>
internal sealed record TowerShape(int LayerCount, int Width, int QueryWidth, int KeyWidth, int InnerWidth, int InnerMaps)
{
    /// <summary>Weights of a layer's maps: queries and output D A each, keys and values D K each, the MLP D I a map.</summary>
    public long LayerWeights => (2L * Width * QueryWidth) + (2L * Width * KeyWidth) + ((long)InnerMaps * Width * InnerWidth);

    public static TowerShape Of(VisionTowerConfig tower) => new(
        LayerCount: tower.LayerCount,
        Width: tower.HiddenSize,
        QueryWidth: tower.HiddenSize,
        KeyWidth: tower.HiddenSize,
        InnerWidth: tower.IntermediateSize,
        InnerMaps: tower.HasGatedMlp ? 3 : 2);

    public static TowerShape Of(DecoderConfig decoder) => new(
        LayerCount: decoder.LayerCount,
        Width: decoder.HiddenSize,
        QueryWidth: decoder.HeadCount * decoder.HeadSize,
        KeyWidth: decoder.KeyValueHeadCount * decoder.HeadSize,
        InnerWidth: decoder.IntermediateSize,
        InnerMaps: 3);

    /// <summary>
    /// Floating point operations of one layer over one sequence: two a weight and token, and four a query, key and number of a query (scores, and weighted values).
    /// Masked pairs count, since the products compute them.
    /// </summary>
    /// <param name="queries">Tokens that go through the layer.</param>
    /// <param name="keys">Tokens that they attend to, those among them that were computed before included.</param>
    public double LayerOperations(double queries, double keys) => (2.0 * queries * LayerWeights) + (4.0 * queries * keys * QueryWidth);
}
