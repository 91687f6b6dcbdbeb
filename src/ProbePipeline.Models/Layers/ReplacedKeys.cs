using ProbePipeline.Models.Masks;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// Attention of queries that see replacements in place of some tokens. Tokens and replacements stand side by side as keys, and every edge leads to one of the two:
/// the other has weight exactly zero. B: rows, H: heads, Q: queries, K: keys, M: means, d: head size.
/// </summary>
/// <param name="Kernel">The attention.</param>
/// <param name="Edges">Which edge leads where.</param>
/// <param name="Keys">The replacements' keys, [B, H, M K, d].</param>
/// <param name="Values">Their values, [B, H, M K, d].</param>
internal sealed record ReplacedKeys(AttentionKernel Kernel, ReplacedEdges Edges, Tensor Keys, Tensor Values)
{
    /// <param name="query">[B, H, Q, d]</param>
    /// <param name="key">[B, H, K, d]</param>
    /// <param name="value">[B, H, K, d]</param>
    /// <param name="intact">What attention without replacements gives, [B, H, Q, d]: queries that see no replacement keep it to the bit.</param>
    public Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor intact) =>
        where(Edges.Queries, Kernel.Attend(query, cat([key, Keys], 2), cat([value, Values], 2), Edges.Extended), intact);

    /// <summary>The attention pattern [B, H, Q, K]: where an edge is replaced, the weight of the replacement.</summary>
    public Tensor Pattern(Tensor query, Tensor key, Tensor intact)
    {
        var (rows, heads, keys) = (key.shape[0], key.shape[1], key.shape[2]);
        var unit = eye(keys, dtype: key.dtype, device: key.device).repeat(1 + Edges.Means.Length, 1).expand(rows, heads, -1, keys);   // [B, H, (1 + M) K, K]
        return (this with { Values = unit.narrow(2, keys, unit.shape[2] - keys) }).Attend(query, key, unit.narrow(2, 0, keys), intact);
    }
}
