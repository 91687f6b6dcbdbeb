using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// Keys and values that a layer has for the beginnings of prompts, computed once for all prompts that begin alike; and the attention of what follows to them.
/// It owns what it keeps. U: beginnings, C: their tokens, B: prompts, Q: tokens that follow, H: heads, d: head size.
/// </summary>
/// <param name="sharing">Which prompts begin alike.</param>
internal sealed class PrefixKeys(PrefixSharing sharing) : IDisposable
{
    private (Tensor Keys, Tensor Values)? _kept;

    /// <summary>Keeps keys and values [U, H, C, d] of the beginnings.</summary>
    public void Keep(Tensor keys, Tensor values)
    {
        // Requests that read different tokens behind the last layer go through it one after another.
        Dispose();
        _kept = (keys.alias().DetachFromDisposeScope(), values.alias().DetachFromDisposeScope());
    }

    /// <summary>Attention of what follows, [B, H, Q, d], to the beginnings and to itself.</summary>
    /// <param name="kernel">The attention.</param>
    /// <param name="query">[B, H, Q, d]</param>
    /// <param name="key">[B, H, Q, d]</param>
    /// <param name="value">[B, H, Q, d]</param>
    /// <param name="mask">Boolean, [B or 1, H or 1, Q or fewer, C + Q], in the order of every prompt's own positions; see <see cref="PrefixSharing"/>.</param>
    /// <param name="needed">The queries that are computed; null: all.</param>
    public Tensor Attend(AttentionKernel kernel, Tensor query, Tensor key, Tensor value, Tensor mask, NeededTokens? needed)
    {
        var (keys, values) = _kept!.Value;
        Tensor[] parts = [.. sharing.Groups.Select(group => group.Apart(kernel.Attend(
            group.Together(query), cat([group.Of(keys), group.Together(key)], 2), cat([group.Of(values), group.Together(value)], 2), sharing.Mask(group, mask, needed))))];
        return sharing.InOrder(parts);
    }

    /// <summary>Keys and values of whole prompts, [B, H, C + Q, d], in the order of every prompt's own positions: a copy for each.</summary>
    public (Tensor Keys, Tensor Values) Whole(Tensor key, Tensor value) => (cat([sharing.OfPrompts(_kept!.Value.Keys), key], 2), cat([sharing.OfPrompts(_kept!.Value.Values), value], 2));

    public void Dispose()
    {
        _kept?.Keys.Dispose();
        _kept?.Values.Dispose();
    }
}
