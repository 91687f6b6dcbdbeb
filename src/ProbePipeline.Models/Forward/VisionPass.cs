using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Pictures to the embeddings of image tokens.</summary>
internal static class VisionPass
{
    /// <param name="network">The network.</param>
    /// <param name="tiles">The batch's pictures; without any there is nothing to do.</param>
    /// <param name="passes">The requests.</param>
    /// <param name="numbers">The edits seen so far.</param>
    /// <param name="next">
    /// Is given the image tokens of all rows, [image tokens, the decoder's width], or null where there are none, and the requests that have them in common.
    /// </param>
    public static void Run(
        Network network, SharedTiles tiles, IReadOnlyList<RequestPass> passes, Dictionary<StateEdit, int> numbers, Action<Tensor?, IReadOnlyList<RequestPass>> next)
    {
        RequestPass[] seeing = network.VisionTower is null || tiles.Sequences.IsEmpty ? [] : [.. passes.Where(pass => pass.Depth.VisionLayers is not null)];
        if (seeing.Length > 0)
        {
            Run(network, network.VisionTower!, tiles, seeing, numbers, next);
        }

        if (passes.Except(seeing).ToArray() is { Length: > 0 } blind)
        {
            next(null, blind);
        }
    }

    private static void Run(
        Network network, VisionTower tower, SharedTiles tiles, RequestPass[] passes, Dictionary<StateEdit, int> numbers, Action<Tensor?, IReadOnlyList<RequestPass>> next)
    {
        using var scope = NewDisposeScope();
        using var masks = new SharedMasks();
        var runs = Together([.. passes.Select(pass => TowerRun.Of(Tower.Vision, pass, pass.Collector, Mask(pass), pass.Depth.VisionLayers!.Value, numbers))]);
        foreach (var run in runs)
        {
            RefuseBlindClassToken(run.Pass.Request, run.Mask, tower.Config);
        }

        var (rows, columns) = tower.Config.GridOf(tiles.Pictures[0].Layout);
        var rotary = tower.Rotary?.At(rows, columns, tower.Embedding.PatchWeight.dtype, network.Device);
        new SharedLayers(
            tower.Layers, Tower.Vision, (layer, observer, edges, _) => new LayerContext(Tower.Vision, layer, observer, edges) { Rotary = rotary },
            network.Projection?.FeatureStates ?? ImmutableHashSet<int>.Empty)
        {
            Shown = (shown, states, _) =>
            {
                if (shown[0].LayerCount == tower.Layers.Count)
                {
                    tower.ShowEnd(states, SharedCollector.Of([.. shown.Select(run => run.Observer)]));
                }
            },
            Ended = (ended, kept) => End(network, tiles, [.. ended.Select(run => run.Pass)], kept, numbers, next),
        }.Run(runs, tower.Embedding.Forward(PixelTransfer.To(network.Device, tiles.Pictures, tower.Config)));

        AttentionMask Mask(RequestPass pass) =>
            AttentionMask.Build(Tower.Vision, tower.AttentionShape, tiles.Sequences, pass.Request.Blocks, firstQuery: 0, network.Device, masks);
    }

    private static void End(
        Network network, SharedTiles tiles, RequestPass[] passes, IReadOnlyDictionary<int, Tensor> kept, Dictionary<StateEdit, int> numbers, Action<Tensor?, IReadOnlyList<RequestPass>> next)
    {
        using var scope = NewDisposeScope();
        if (!passes.Any(pass => pass.Depth.NeedsImageTokens))
        {
            return;
        }

        var projected = network.Projection!.Project(kept, [.. tiles.Pictures.Select(picture => picture.Layout)]);
        if (tiles.ImageTokens is { } order)
        {
            // [image tokens of the distinct pictures, W] -> [image tokens of all rows, W]
            projected = projected.index_select(0, tensor(order.AsSpan().ToArray(), device: network.Device));
        }

        foreach (var alike in passes.GroupBy(pass => pass.EditsAt([Site.Projector], numbers), StringComparer.Ordinal))
        {
            next(SharedCollector.Of([.. alike.Select(pass => pass.Collector)]).Pass(Site.Projector, projected), [.. alike]);
        }
    }

    /// <summary>Requests that do the same to the tower go on together from its end, so all of them go as deep as the deepest.</summary>
    private static TowerRun[] Together(TowerRun[] runs)
    {
        var deepest = runs.GroupBy(run => string.Join('\n', run.Marks), run => run.LayerCount).ToDictionary(alike => alike.Key, alike => alike.Max());
        return [.. runs.Select(run => run with { LayerCount = deepest[string.Join('\n', run.Marks)] })];
    }

    // What registers have gathered comes from patches, so a class token that sees them is not blind.
    private static bool SeesAPatch(Tensor? allowed, VisionTowerConfig config) =>
        allowed is null || allowed.narrow(-2, 0, config.ClassTokenCount).narrow(-1, config.ClassTokenCount, allowed.shape[^1] - config.ClassTokenCount).any().item<bool>();

    /// <summary>A class token that no patch has reached is the same for every picture: a probe of it would measure nothing.</summary>
    private static void RefuseBlindClassToken(ForwardRequest request, AttentionMask mask, VisionTowerConfig config)
    {
        foreach (var capture in request.Captures.Where(capture => capture.Site.Tower == Tower.Vision && capture.Pooling == Pooling.ClassToken))
        {
            var layers = capture.Site.Kind switch
            {
                SiteKind.Embeddings => 0,
                SiteKind.FinalNorm => mask.LayerCount,
                _ => capture.Site.Layer + 1,
            };
            // A patch brings states into the tower by no edge at all.
            if (!request.Edits.Any(edit => edit is StatePatch) && !Enumerable.Range(0, layers).Any(layer => SeesAPatch(mask[layer], config)))
            {
                throw new NetworkInputException(
                    $"{capture}: up to there the class token attends to no patch, so it is the same for every picture; read patches instead, or leave the class token its edges");
            }
        }
    }
}
