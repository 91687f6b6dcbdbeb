using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Tokens and image embeddings to the decoder's residual stream.</summary>
internal static class LanguagePass
{
    /// <param name="network">The network; without a decoder there is nothing to do.</param>
    /// <param name="pictures">The embeddings of all image tokens, or null where there are none.</param>
    /// <param name="passes">The requests that have these in common; those that need no decoder are passed over.</param>
    /// <param name="numbers">The edits seen so far.</param>
    /// <param name="end">Is given a request and the residual stream after its last layer, [rows, positions from the first computed one, D], which is freed afterwards.</param>
    /// <param name="cache">Keys and values of the positions before the first computed one; null where there are none. One request has it to itself.</param>
    public static void Run(
        Network network, Tensor? pictures, IReadOnlyList<RequestPass> passes, Dictionary<StateEdit, int> numbers, Action<RequestPass, Tensor> end, KeyValueCache? cache = null)
    {
        foreach (var alike in passes.Where(pass => pass.Depth.LanguageLayers is not null).GroupBy(pass => pass.Parts))
        {
            Run(network, alike.Key, pictures, [.. alike.Select(pass => RunOf(pass, numbers))], end, cache);
        }
    }

    /// <summary>The same for runs whose masks are made.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parts">How rows go through it.</param>
    /// <param name="pictures">The embeddings of all image tokens, or null where there are none.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="end">Is given a request and what its last layer leaves of rows.</param>
    /// <param name="cache">Keys and values of earlier positions.</param>
    public static void Run(
        Network network, PromptParts parts, Tensor? pictures, IReadOnlyList<TowerRun> runs, Action<RequestPass, Tensor> end, KeyValueCache? cache = null)
    {
        using var scope = NewDisposeScope();
        var (decoder, tokens, first) = (network.Decoder!, parts.Tokens, parts.First);
        int[] rows = [.. Enumerable.Range(0, tokens.Rows.Length)];
        var states = Embeddings(network, tokens, rows, first, tokens.Batch.Length, pictures);
        var beginnings = parts.Prefixes is { } prefixes ? Embeddings(network, tokens, prefixes.Rows, 0, prefixes.Length, pictures) : null;
        var rotary = Rotary(rows, first);
        var prefixRotary = parts.Prefixes is { } shared ? Rotary(shared.Rows, 0).Until(shared.Length) : null;
        // Replacements are made anew for every key, those in the cache included.
        var keyRotary = first > 0 && runs.Any(run => run.Mask.Replaces) ? Rotary(rows, 0) : null;
        new SharedLayers(
            decoder.Layers, Tower.Language,
            (layer, observer, edges, ofPrefixes) => new LayerContext(Tower.Language, layer, observer, edges)
            {
                Rotary = ofPrefixes ? prefixRotary : rotary,
                KeyRotary = ofPrefixes ? null : keyRotary,
                Cache = cache,
            },
            ImmutableHashSet<int>.Empty)
        {
            Sharing = parts.Sharing,
            Shown = (shown, last, ofPrefixes) =>
            {
                if (shown[0].LayerCount == decoder.Layers.Count)
                {
                    decoder.ShowEnd(last, SharedCollector.Of([.. shown.Select(run => (ofPrefixes ? run.Prefix! : run).Observer)]));
                }

                foreach (var run in shown)
                {
                    if (ofPrefixes)
                    {
                        run.Pass.Collector.ForLogitsOfPrefixes(last);
                    }
                    else
                    {
                        end(run.Pass, last);
                    }
                }
            },
        }.Run(runs, states, beginnings);

        RotaryEmbedding Rotary(IReadOnlyList<int> some, int from) => decoder.Config.Rotary is { Sections: not null } schedule
            ? schedule.At([.. some.Select(row => PicturePositions.OfRow(tokens, row))], from, states.dtype, network.Device)
            : decoder.Config.Rotary.At([.. some.Select(row => tokens.Paddings[row])], from, tokens.Batch.Length, states.dtype, network.Device);
    }

    private static TowerRun RunOf(RequestPass pass, Dictionary<StateEdit, int> numbers)
    {
        var layers = pass.Depth.LanguageLayers!.Value;
        return TowerRun.Of(Tower.Language, pass, pass.Collector, pass.Parts.Mask(pass.Request.Blocks), layers, numbers) with
        {
            Prefix = pass.Parts.PrefixMask(pass.Request.Blocks) is { } mask ? TowerRun.Of(Tower.Language, pass, new PrefixCollector(pass.Collector), mask, layers, numbers) : null,
        };
    }

    // Rows at the positions [first, end): [B, S, D]
    private static Tensor Embeddings(Network network, BatchTokens tokens, IReadOnlyList<int> rows, int first, int end, Tensor? pictures)
    {
        var states = network.Decoder!.Embed(Ids(network, tokens.Batch, rows, first, end));
        if (pictures is null)
        {
            return states;
        }

        var (from, to) = (new List<long>(), new List<long>());
        foreach (var (place, row) in rows.Index())
        {
            var image = (long)tokens.ImagePositions.Take(row).Sum(positions => positions.Length);
            foreach (var position in tokens.ImagePositions[row])
            {
                if (position >= first && position < end)
                {
                    from.Add(image);
                    to.Add(((long)place * (end - first)) + position - first);
                }

                image++;
            }
        }

        if (to.Count == 0)
        {
            return states;
        }

        var chosen = from.Count == pictures.shape[0] ? pictures : pictures.index_select(0, tensor(from.ToArray(), device: network.Device));
        return states.flatten(0, 1).index_copy(0, tensor(to.ToArray(), device: network.Device), chosen.to_type(states.dtype)).view(states.shape);
    }

    // Padding and placeholders are looked up as token 0: the one is masked, the other overwritten.
    private static Tensor Ids(Network network, Batch batch, IReadOnlyList<int> rows, int first, int end)
    {
        var ids = new long[rows.Count, end - first];
        foreach (var (place, row) in rows.Index())
        {
            var padding = batch.Length - batch.Rows[row].TokenIds.Length;
            for (var position = Math.Max(first, padding); position < end; position++)
            {
                var id = batch.Rows[row].TokenIds[position - padding];
                if (id >= network.Decoder!.Config.VocabularySize && !network.IsImagePlaceholder(id))
                {
                    throw new NetworkInputException($"row {row}, position {position}: token {id} is not in the vocabulary of {network.Decoder.Config.VocabularySize}");
                }

                ids[place, position - first] = network.IsImagePlaceholder(id) ? 0 : id;
            }
        }

        return tensor(ids, device: network.Device);
    }
}
