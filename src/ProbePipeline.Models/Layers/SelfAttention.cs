using ProbePipeline.Models.Masks;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// Multi-head self-attention in which several query heads may share a key-value head.
/// B: rows, S: tokens, D: hidden size, H: query heads, g: key-value heads, d: head size, K: keys (those cached included).
/// </summary>
internal sealed record SelfAttention(Linear Query, Linear Key, Linear Value, Linear Out, int HeadCount, int KeyValueHeadCount, AttentionKernel Kernel)
{
    /// <summary>[B, S, D] -> [B, S, D]; of the needed tokens alone where the context names them: [B, m, D].</summary>
    public Tensor Forward(Tensor x, LayerContext context)
    {
        var needed = context.Needed;
        var query = Heads(Query.Forward(needed?.Of(x) ?? x), HeadCount);
        var key = Heads(Key.Forward(x), KeyValueHeadCount);
        var value = Heads(Value.Forward(x), KeyValueHeadCount);
        if (context.Rotary is { } rotary)
        {
            (query, key) = ((needed is null ? rotary : rotary.Of(needed)).Rotate(query), rotary.Rotate(key));
        }

        if (context.Cache is { } cache)
        {
            (key, value) = cache.Append(context.Layer, key, value);
        }

        (key, value) = (ForEveryQueryHead(key), ForEveryQueryHead(value));
        context.KeptKeys?.Keep(key, value);
        var whole = context is { Prefix: { } before, Edges.Replaced: not null } ? before.Whole(key, value) : (Keys: key, Values: value);
        var replaced = context.Edges.Replaced is { } edges ? Replacements(edges, whole.Keys, context) : null;
        var mask = context.Edges.Allowed;
        if (context.Observer.WantsPattern(context.Tower, context.Layer))
        {
            var pattern = Kernel.Pattern(query, key, mask);
            context.Observer.ObservePattern(context.Tower, context.Layer, replaced is null ? pattern : replaced.Pattern(query, key, pattern));
        }

        var attended = context.Prefix is { } prefix
            ? prefix.Attend(Kernel, query, key, value, mask!, needed)
            : Attend(query, key, value, context);                                     // [B, H, S, d]
        attended = replaced is null ? attended : replaced.Attend(query, whole.Keys, whole.Values, attended);
        return Out.Forward(attended.transpose(1, 2).flatten(2));                      // [B, H, S, d] -> [B, S, H * d] -> [B, S, D]
    }

    private Tensor Attend(Tensor query, Tensor key, Tensor value, LayerContext context) => (context.Needed, context.Edges) switch
    {
        ({ } needed, { Allowed: { } allowed }) => Kernel.Attend(query, key, value, needed.OfQueries(allowed)),
        (null, { IsCausal: true }) => Kernel.AttendCausally(query, key, value, context.Edges.Allowed!),
        _ => Kernel.Attend(query, key, value, context.Edges.Allowed),
    };

    // [B, S, heads * d] -> [B, heads, S, d]
    private static Tensor Heads(Tensor x, int heads) => x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);

    // Of means that have no position: every key gets that of the token whose place it takes.
    private ReplacedKeys Replacements(ReplacedEdges edges, Tensor like, LayerContext context)
    {
        var (rows, keys) = (like.shape[0], like.shape[2]);
        var means = edges.Means.Select(means => tensor(means.Inputs[context.Layer].AsSpan().ToArray()).to_type(like.dtype).to(like.device).view(1, 1, -1)).ToArray();
        var rotary = context.KeyRotary ?? context.Rotary;
        return new ReplacedKeys(Kernel, edges, Everywhere(Key, key => rotary is null ? key : rotary.Rotate(key)), Everywhere(Value, value => value));

        // [1, 1, D] -> [B, H, K, d] for every mean, one behind the other
        Tensor Everywhere(Linear projection, Func<Tensor, Tensor> place) =>
            cat([.. means.Select(mean => ForEveryQueryHead(place(Heads(projection.Forward(mean), KeyValueHeadCount).expand(rows, -1, keys, -1))))], 2);
    }

    // [B, g, K, d] -> [B, H, K, d]
    private Tensor ForEveryQueryHead(Tensor x) => HeadCount == KeyValueHeadCount ? x : x.repeat_interleave(HeadCount / KeyValueHeadCount, 1);
}
