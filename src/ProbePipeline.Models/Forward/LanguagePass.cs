using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Tokens and image embeddings to the decoder's residual stream.</summary>
internal static class LanguagePass
{
    /// <param name="network">The network; without a decoder there is nothing to do.</param>
    /// <param name="tokens">The batch.</param>
    /// <param name="pictures">The embeddings of all image tokens, or null where there are none.</param>
    /// <param name="passes">The requests that have these in common; those that need no decoder are passed over.</param>
    /// <param name="numbers">The edits seen so far.</param>
    /// <param name="masks">Keeps masks of these tokens.</param>
    /// <param name="end">Is given a request and the residual stream after its last layer, [rows, positions from first, D], which is freed afterwards.</param>
    /// <param name="cache">Keys and values of the positions before <paramref name="first"/>; null where all are computed at once. One request has it to itself.</param>
    /// <param name="first">The first position to compute.</param>
    public static void Run(
        Network network, BatchTokens tokens, Tensor? pictures, IReadOnlyList<RequestPass> passes, Dictionary<StateEdit, int> numbers, SharedMasks masks,
        Action<RequestPass, Tensor> end, KeyValueCache? cache = null, int first = 0)
    {
        (RequestPass Pass, TowerRun Run)[] runs =
        [
            .. from pass in passes
               where pass.Depth.LanguageLayers is not null
               select (pass, TowerRun.Of(Tower.Language, pass.Collector, Mask(network, tokens, pass.Request.Blocks, masks, first), pass.Depth.LanguageLayers!.Value, sites => pass.EditsAt(sites, numbers))),
        ];
        if (runs.Length > 0)
        {
            Run(network, tokens, pictures, runs, one => one.Run, (ended, states) =>
            {
                foreach (var (pass, _) in ended)
                {
                    end(pass, states);
                }
            }, cache, first);
        }
    }

    /// <summary>The same for runs whose masks are made.</summary>
    public static void Run<TRun>(
        Network network, BatchTokens tokens, Tensor? pictures, IReadOnlyList<TRun> runs, Func<TRun, TowerRun> run, Action<IReadOnlyList<TRun>, Tensor> end,
        KeyValueCache? cache = null, int first = 0)
    {
        using var scope = NewDisposeScope();
        var decoder = network.Decoder!;
        var states = Embeddings(network, tokens, pictures, first);
        var rotary = Rotary(first);
        // Replacements are made anew for every key, those in the cache included.
        var keyRotary = first > 0 && runs.Any(one => run(one).Mask.Replaces) ? Rotary(0) : null;
        new SharedLayers<TRun>(
            decoder.Layers, Tower.Language, run, (layer, observer, edges) => new LayerContext(Tower.Language, layer, observer, edges, rotary, keyRotary, cache), ImmutableHashSet<int>.Empty,
            (ended, last, _) =>
            {
                var observer = SharedCollector.Of([.. ended.Select(one => run(one).Observer)]);
                if (run(ended[0]).LayerCount == decoder.Layers.Count && observer.Wants(Site.FinalNorm(Tower.Language)))
                {
                    using var normed = decoder.FinalNorm.Forward(last);
                    observer.Observe(Site.FinalNorm(Tower.Language), normed);
                }

                end(ended, last);
            }).Run(runs, states);

        RotaryEmbedding Rotary(int from) => decoder.Config.Rotary is { Sections: not null } schedule
            ? schedule.At(PicturePositions.Of(tokens), from, states.dtype, network.Device)
            : decoder.Config.Rotary.At(tokens.Paddings, from, tokens.Batch.Length, states.dtype, network.Device);
    }

    /// <summary>The masks of a request.</summary>
    public static AttentionMask Mask(Network network, BatchTokens tokens, IReadOnlyList<AttentionBlock> blocks, SharedMasks masks, int first) =>
        AttentionMask.Build(Tower.Language, network.Decoder!.AttentionShape, tokens.Rows, blocks, first, network.Device, masks);

    // [B, S, D]
    private static Tensor Embeddings(Network network, BatchTokens tokens, Tensor? pictures, int first)
    {
        var length = tokens.Batch.Length;
        var states = network.Decoder!.Embed(Ids(network, tokens.Batch, first));
        if (pictures is null || first > 0)
        {
            return states;
        }

        var places = tokens.ImagePositions.SelectMany((positions, row) => positions.Select(position => ((long)row * length) + position)).ToArray();
        return states.flatten(0, 1).index_copy(0, tensor(places, device: network.Device), pictures.to_type(states.dtype)).view(states.shape);
    }

    // Padding and placeholders are looked up as token 0: the one is masked, the other overwritten.
    private static Tensor Ids(Network network, Batch batch, int first)
    {
        var ids = new long[batch.Rows.Length, batch.Length - first];
        for (var row = 0; row < batch.Rows.Length; row++)
        {
            var padding = batch.Length - batch.Rows[row].TokenIds.Length;
            for (var position = Math.Max(first, padding); position < batch.Length; position++)
            {
                var id = batch.Rows[row].TokenIds[position - padding];
                if (id >= network.Decoder!.Config.VocabularySize && !network.IsImagePlaceholder(id))
                {
                    throw new NetworkInputException($"row {row}, position {position}: token {id} is not in the vocabulary of {network.Decoder.Config.VocabularySize}");
                }

                ids[row, position - first] = network.IsImagePlaceholder(id) ? 0 : id;
            }
        }

        return tensor(ids, device: network.Device);
    }
}
