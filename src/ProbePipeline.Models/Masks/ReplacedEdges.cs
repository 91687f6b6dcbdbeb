using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Masks;

/// <summary>
/// Edges at which queries see a mean in place of a token. Beside the K tokens stand K replacements for every mean, and an edge that is replaced leads to the
/// replacement at its token's place instead: to the token itself it is as closed as one that is cut. It owns its tensors.
/// </summary>
/// <param name="Extended">True where a query may attend to a token, then to its first replacement, and so on: [rows or 1, heads or 1, queries, K (1 + means)].</param>
/// <param name="Open">The part of <paramref name="Extended"/> that is about the tokens themselves: a view.</param>
/// <param name="Queries">True for queries with any replaced edge: [rows or 1, heads or 1, queries, 1].</param>
/// <param name="Means">What replaces them.</param>
internal sealed record ReplacedEdges(Tensor Extended, Tensor Open, Tensor Queries, ImmutableArray<KeyMeans> Means) : IDisposable
{
    /// <param name="allowed">See <see cref="MaskedLayer.Allowed"/>.</param>
    /// <param name="replaced">The edges of every mean; an edge that is closed stays so, and one that several replace belongs to the first.</param>
    /// <param name="device">Where they are used.</param>
    /// <returns>Tensors outside of the current dispose scope.</returns>
    public static ReplacedEdges Of(Tensor? allowed, IReadOnlyList<(Tensor Edges, KeyMeans Means)> replaced, Device device)
    {
        using var scope = NewDisposeScope();
        var open = allowed ?? ones_like(replaced[0].Edges);
        var parts = new List<Tensor>();
        foreach (var (edges, _) in replaced)
        {
            parts.Add(open & edges);
            open &= ~edges;
        }

        var all = broadcast_tensors([open, .. parts]);
        var extended = cat(all, -1).to(device);
        var keys = extended.shape[^1] / all.Count;
        return new ReplacedEdges(
            extended.DetachFromDisposeScope(),
            extended.narrow(-1, 0, keys).DetachFromDisposeScope(),
            extended.narrow(-1, keys, extended.shape[^1] - keys).any(-1, keepdim: true).DetachFromDisposeScope(),
            [.. replaced.Select(one => one.Means)]);
    }

    public void Dispose()
    {
        Extended.Dispose();
        Open.Dispose();
        Queries.Dispose();
    }
}
