using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// The tokens that are read behind a tower's last layer: only their queries and what follows from them is computed there, since no later layer asks for the others.
/// R: rows or tiles, T: tokens, m: the most that any of them needs, K: keys.
/// </summary>
internal sealed class NeededTokens
{
    private readonly long[] _places;
    private readonly int _each;

    private NeededTokens(long[] places, int each) => (_places, _each) = (places, each);

    /// <param name="flat">Their places among R x T, ascending.</param>
    /// <param name="rows">R</param>
    /// <param name="tokens">T</param>
    /// <returns>Null where leaving out the others would spare little.</returns>
    public static NeededTokens? Of(ImmutableArray<long> flat, int rows, int tokens)
    {
        var byRow = flat.ToLookup(place => (int)(place / tokens));
        var each = Math.Max(1, byRow.Select(row => row.Count()).DefaultIfEmpty().Max());
        // Rows that need fewer compute one of theirs again.
        return 2 * each > tokens
            ? null
            : new NeededTokens([.. Enumerable.Range(0, rows).SelectMany(row => byRow[row].DefaultIfEmpty((long)row * tokens).Concat(Enumerable.Repeat(byRow[row].FirstOrDefault((long)row * tokens), each)).Take(each))], each);
    }

    /// <summary>[R, T, D] -> [R, m, D]</summary>
    public Tensor Of(Tensor states) => states.flatten(0, 1).index_select(0, tensor(_places, device: states.device)).view(states.shape[0], _each, -1);

    /// <summary>[R or 1, h, T, K] -> [R, h, m, K]</summary>
    public Tensor OfQueries(Tensor each)
    {
        var (rows, tokens) = (_places.Length / _each, each.shape[2]);
        var places = tensor(_places.Select(place => place % tokens).ToArray(), device: each.device).view(rows, 1, _each, 1);
        return each.expand(rows, -1, -1, -1).gather(2, places.expand(rows, each.shape[1], _each, each.shape[3]));
    }

    /// <summary>[R, m, D] -> [R, T, D]: everything at its place, and zeros that nothing reads.</summary>
    /// <param name="computed">What was computed.</param>
    /// <param name="like">[R, T, D]</param>
    public Tensor Placed(Tensor computed, Tensor like) =>
        zeros_like(like).flatten(0, 1).index_copy_(0, tensor(_places, device: like.device), computed.flatten(0, 1)).view(like.shape);
}
