using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>One request on its way through a tower.</summary>
/// <param name="Pass">Its way through the whole network, which no other request has: two runs are never equal.</param>
/// <param name="Observer">Who is shown its states and changes them.</param>
/// <param name="Mask">The edges that it may use.</param>
/// <param name="LayerCount">How many layers it needs.</param>
internal sealed record TowerRun(RequestPass Pass, IStateObserver Observer, AttentionMask Mask, int LayerCount)
{
    /// <summary>
    /// What is done to the tower: at 0 to its embeddings, at i to layer i - 1. Requests that start with equal marks have equal states as far as those go.
    /// </summary>
    public required ImmutableArray<string> Marks { get; init; }

    /// <summary>The same of the beginnings of its rows, where these are computed apart; null: they are not.</summary>
    public TowerRun? Prefix { get; init; }

    /// <param name="tower">The tower.</param>
    /// <param name="pass">The request's way through the whole network.</param>
    /// <param name="observer">Who is shown its states and changes them.</param>
    /// <param name="mask">The edges that it may use.</param>
    /// <param name="layerCount">How many layers it needs.</param>
    /// <param name="numbers">The edits seen so far, of all requests.</param>
    public static TowerRun Of(Tower tower, RequestPass pass, IStateObserver observer, AttentionMask mask, int layerCount, Dictionary<StateEdit, int> numbers) =>
        new(pass, observer, mask, layerCount)
        {
            Marks =
            [
                pass.EditsAt([Site.Embeddings(tower)], numbers),
                .. Enumerable.Range(0, mask.LayerCount).Select(layer =>
                    $"{mask.Cuts(layer)} {pass.EditsAt([Site.AttentionOut(tower, layer), Site.MlpOut(tower, layer), Site.ResidualPost(tower, layer)], numbers)}"),
            ],
        };
}
