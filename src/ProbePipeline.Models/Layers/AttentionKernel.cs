using ProbePipeline.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// softmax(scale q k^T, over the keys that the mask allows) v. A forbidden edge has weight exactly zero, since its score is minus infinity
/// before the softmax, and the allowed ones share the weight of one.
/// B: rows, H: heads, Q: queries, K: keys, d: head size.
/// </summary>
/// <param name="Scale">What the scores are multiplied by.</param>
/// <param name="SoftCap">The scores s become c tanh(s / c) (Gemma 2); null: they stay as they are.</param>
internal sealed record AttentionKernel(double Scale, double? SoftCap)
{
    /// <summary>That of heads that share the width evenly, the scores divided by the square root of a head's size (Vaswani et al., 2017).</summary>
    public static AttentionKernel Of(IEncoderShape shape) => new(1 / Math.Sqrt((double)shape.HiddenSize / shape.HeadCount), SoftCap: null);

    /// <param name="query">[B, H, Q, d]</param>
    /// <param name="key">[B, H, K, d]</param>
    /// <param name="value">[B, H, K, any]</param>
    /// <param name="mask">Boolean, [B or 1, H or 1, Q, K], true: may attend; null: every edge is allowed.</param>
    /// <returns>[B, H, Q, any]</returns>
    public Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        if (SoftCap is { } cap)
        {
            // Scores in float32, as the fused kernel keeps them.
            var scores = matmul(query, key.transpose(-2, -1)).to_type(ScalarType.Float32).Times(Scale);     // [B, H, Q, K]
            scores = tanh(scores.DividedBy(cap)).Times(cap);
            using var nothing = double.NegativeInfinity.ToScalar();
            scores = mask is null ? scores : scores.masked_fill(~mask, nothing);
            return matmul(nn.functional.softmax(scores, -1).to_type(value.dtype), value);
        }

        return nn.functional.scaled_dot_product_attention(Scaled(query), key, value, mask);
    }

    /// <summary>The same where every token sees itself and all before it: what the fused kernel need not be told, and need not compute beyond.</summary>
    /// <inheritdoc cref="Attend"/>
    public Tensor AttendCausally(Tensor query, Tensor key, Tensor value, Tensor mask) =>
        SoftCap is null ? nn.functional.scaled_dot_product_attention(Scaled(query), key, value, is_casual: true) : Attend(query, key, value, mask);

    /// <summary>The attention pattern [B, H, Q, K] of <see cref="Attend"/>: what it gives when the values are the unit vectors.</summary>
    public Tensor Pattern(Tensor query, Tensor key, Tensor? mask)
    {
        var (rows, heads, keys) = (key.shape[0], key.shape[1], key.shape[2]);
        var unit = eye(keys, dtype: key.dtype, device: key.device).expand(rows, heads, keys, keys);
        return Attend(query, key, unit, mask);
    }

    // The fused kernel scales by 1 / sqrt(d) and has no other choice here.
    private Tensor Scaled(Tensor query)
    {
        var correction = Scale * Math.Sqrt(query.shape[^1]);
        return Math.Abs(correction - 1) < 1e-12 ? query : query.Times(correction);
    }
}
