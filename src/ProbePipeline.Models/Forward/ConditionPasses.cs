using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// One batch under several conditions. What they begin with in common is computed once: layers of the vision tower, then, for those whose pictures look the
/// same to the decoder, layers of the decoder.
/// </summary>
internal static class ConditionPasses
{
    public static ImmutableArray<ForwardResult> Run(Network network, Batch batch, IReadOnlyList<ForwardRequest> requests)
    {
        // Asked first, so that an impossible request costs nothing.
        PassDepth[] depths = [.. requests.Select(request => PassDepth.Of(network, request))];
        var tokens = network.Tokens(batch);
        var passes = new RequestPass?[requests.Count];
        var numbers = new Dictionary<StateEdit, int>();
        var parts = new Dictionary<string, PromptParts>();
        try
        {
            foreach (var alike in requests.Index().GroupBy(request => SharedTiles.ArePerRow(request.Item)))
            {
                using var scope = NewDisposeScope();
                var tiles = SharedTiles.Of(tokens, unshared: alike.Key);
                foreach (var (index, request) in alike)
                {
                    passes[index] = new RequestPass(request, depths[index], PartsOf(request), tiles);
                }

                VisionPass.Run(network, tiles, [.. alike.Select(request => passes[request.Index]!)], numbers, (pictures, together) =>
                    LanguagePass.Run(network, pictures, together, numbers, (pass, states) => KeepLogits(network, pass, states)));
            }

            return [.. passes.Select(pass => pass!.Result())];
        }
        catch
        {
            foreach (var pass in passes)
            {
                pass?.Result().Dispose();
            }

            throw;
        }
        finally
        {
            foreach (var made in parts.Values)
            {
                made.Dispose();
            }
        }

        PromptParts PartsOf(ForwardRequest request)
        {
            var prefixes = network.Decoder is { } decoder ? SharedPrefixes.Of(decoder.Config, tokens, request) : null;
            var key = prefixes?.Key ?? "";
            return parts.TryGetValue(key, out var made) ? made : parts[key] = new PromptParts(network, tokens, prefixes);
        }
    }

    private static void KeepLogits(Network network, RequestPass pass, Tensor states)
    {
        using var scope = NewDisposeScope();
        if (pass.Collector.ForLogits(states) is var (chosen, counts))
        {
            pass.Logits = new RowStates(network.Decoder!.Logits(chosen).DetachFromDisposeScope(), counts);
        }
    }
}
