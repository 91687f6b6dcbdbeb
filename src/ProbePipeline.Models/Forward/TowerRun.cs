using System.Collections.Immutable;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>One request on its way through a tower.</summary>
/// <param name="Observer">Who is shown its states and changes them.</param>
/// <param name="Mask">The edges that it may use.</param>
/// <param name="LayerCount">How many layers it needs.</param>
internal sealed record TowerRun(IStateObserver Observer, AttentionMask Mask, int LayerCount)
{
    /// <summary>
    /// What is done to the tower: at 0 to its embeddings, at i to layer i - 1. Requests that start with equal marks have equal states as far as those go.
    /// </summary>
    public required ImmutableArray<string> Marks { get; init; }

    /// <summary>The same of the beginnings of its rows, where these are computed apart; null: they are not.</summary>
    public TowerRun? Prefix { get; init; }

    /// <param name="tower">The tower.</param>
    /// <param name="observer">Who is shown its states and changes them.</param>
    /// <param name="mask">The edges that it may use.</param>
    /// <param name="layerCount">How many layers it needs.</param>
    /// <param name="edits">What is changed at some sites, as text.</param>
    public static TowerRun Of(Tower tower, IStateObserver observer, AttentionMask mask, int layerCount, Func<IEnumerable<Site>, string> edits) =>
        new(observer, mask, layerCount)
        {
            Marks =
            [
                edits([Site.Embeddings(tower)]),
                .. Enumerable.Range(0, mask.LayerCount).Select(layer =>
                    $"{mask.Cuts(layer)} {edits([Site.AttentionOut(tower, layer), Site.MlpOut(tower, layer), Site.ResidualPost(tower, layer)])}"),
            ],
        };
}
