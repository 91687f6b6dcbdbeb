using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
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
        using var languageMasks = new SharedMasks();
        try
        {
            foreach (var alike in requests.Index().GroupBy(request => SharedTiles.ArePerRow(request.Item)))
            {
                using var scope = NewDisposeScope();
                var tiles = SharedTiles.Of(tokens, unshared: alike.Key);
                var selection = new TokenSelection(tokens, tiles);
                foreach (var (index, request) in alike)
                {
                    passes[index] = new RequestPass(request, depths[index], selection);
                }

                VisionPass.Run(network, tiles, [.. alike.Select(request => passes[request.Index]!)], numbers, (pictures, together) =>
                    LanguagePass.Run(network, tokens, pictures, together, numbers, languageMasks, (pass, states) => KeepLogits(network, pass, states)));
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
    }

    private static void KeepLogits(Network network, RequestPass pass, Tensor states)
    {
        if (pass.Request.LogitsAt is not { } wanted)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var chosen = pass.Selection.InLanguage(wanted);
        var indices = chosen.Indices(network.Device);
        pass.Logits = new RowStates(network.Decoder!.Logits(states.flatten(0, 1).index_select(0, indices)).DetachFromDisposeScope(), chosen.Counts);
    }
}
