using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>A tile's tokens to one vector.</summary>
internal interface ITilePooling
{
    /// <summary>[T, N, D], normed -> [T, D]</summary>
    Tensor Forward(Tensor x);
}

/// <summary>A learned map of the class token and the hyperbolic tangent (ViT's pooler; transformers 5.23, modeling_vit.py).</summary>
internal sealed record ClassTokenPooling(Linear Map) : ITilePooling
{
    // [T, N, D] -> [T, D]
    public Tensor Forward(Tensor x) => tanh(Map.Forward(x.select(1, 0)));
}

/// <summary>A learned query attends to every token of a tile (SigLIP's head; transformers 5.23, modeling_siglip.py).</summary>
/// <param name="Probe">The query, [1, 1, D].</param>
internal sealed record AttentionPooling(
    Tensor Probe, Linear Query, Linear Key, Linear Value, Linear Out, int HeadCount, AttentionKernel Kernel, INorm Norm, IMlp Mlp) : ITilePooling
{
    /// <summary>[T, N, D] -> [T, D]</summary>
    public Tensor Forward(Tensor x)
    {
        var query = Heads(Query.Forward(Probe.expand(x.shape[0], 1, -1)));
        var attended = Kernel.Attend(query, Heads(Key.Forward(x)), Heads(Value.Forward(x)), mask: null);
        var pooled = Out.Forward(attended.transpose(1, 2).flatten(2));                // [T, H, 1, d] -> [T, 1, D]
        return pooled.Plus(Mlp.Forward(Norm.Forward(pooled))).select(1, 0);
    }

    // [T, S, D] -> [T, H, S, d]
    private Tensor Heads(Tensor x) => x.view(x.shape[0], x.shape[1], HeadCount, -1).transpose(1, 2);
}
