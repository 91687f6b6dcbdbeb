using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Greedy answers with a cache of keys and values. A step masks its one query against all keys, so blocks hold for generated tokens too.</summary>
internal static class GreedyGeneration
{
    public static ImmutableArray<ImmutableArray<int>> Run(Network network, Batch batch, GenerationOptions options)
    {
        var request = new ForwardRequest { Blocks = options.Blocks, Edits = options.Edits, LogitsAt = TokenSet.Last + TokenSet.Generated };
        var depth = PassDepth.Of(network, request);
        var rotary = network.Decoder!.Config.Rotary;
        var answers = batch.Rows.Select(_ => new List<int>()).ToArray();
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var tokens = network.Tokens(batch);
        var tiles = SharedTiles.Of(tokens, SharedTiles.ArePerRow(request));
        Tensor? pictures = null;
        using var whole = new PromptParts(network, tokens, prefixes: null);
        VisionPass.Run(network, tiles, [Pass(whole)], [], (projected, _) => pictures = projected?.alias().DetachFromDisposeScope());
        var cache = NewCache();
        try
        {
            for (var first = 0; ;)
            {
                var next = NextTokens(tokens, first);
                foreach (var (answer, token) in answers.Zip(next).Where(pair => !Ended(pair.First)))
                {
                    answer.Add(token);
                }

                if (answers.All(Ended))
                {
                    return [.. answers.Select(answer => answer.ToImmutableArray())];
                }

                batch = Grown(batch, next);
                tokens = network.Tokens(batch);
                first = batch.Length - 1;
                if (tokens.Paddings.Any(padding => rotary.IsLong(batch.Length - padding) != rotary.IsLong(first - padding)))
                {
                    // A row has outgrown the short frequencies: every cached key was turned by the wrong angle.
                    cache.Dispose();
                    cache = NewCache();
                    first = 0;
                }
            }
        }
        finally
        {
            cache.Dispose();
            pictures?.Dispose();
        }

        KeyValueCache NewCache() => new(depth.LanguageLayers!.Value, tokens.Batch.Length + options.MaxNewTokens);

        bool Ended(List<int> answer) => answer.Count == options.MaxNewTokens || (answer.Count > 0 && options.StopTokens.Contains(answer[^1]));

        int[] NextTokens(BatchTokens current, int first)
        {
            using var step = NewDisposeScope();
            using var parts = new PromptParts(network, current, prefixes: null, first);
            int[] likeliest = [];
            LanguagePass.Run(network, pictures, [Pass(parts)], [], (_, states) =>
            {
                var logits = network.Decoder.Logits(states.select(1, -1));                                  // [B, V]
                var allowed = options.VocabularyLimit is { } limit ? logits.narrow(-1, 0, limit) : logits;
                likeliest = [.. allowed.argmax(-1).cpu().data<long>().Select(id => (int)id)];
            }, cache);
            return likeliest;
        }

        // The tokens that are patched lie before the first generated one: what they became is in the cache. The next token is read from the newest.
        RequestPass Pass(PromptParts parts) => new(
            parts.First == 0 ? request : request with { Edits = [.. request.Edits.Where(edit => edit is not StatePatch)] }, depth, parts, tiles);
    }

    private static Batch Grown(Batch batch, int[] next) => new(
        batch.Rows.Zip(next, (row, token) => row with { TokenIds = row.TokenIds.Add(token), GeneratedCount = row.GeneratedCount + 1 }), batch.Length + 1);
}
