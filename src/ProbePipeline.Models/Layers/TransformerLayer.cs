using ProbePipeline.Models.Sites;
using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// One pre-norm layer: x + attention(norm(x)), then x + mlp(norm(x)). Gemma 2 norms both branches once more before it adds them.
/// </summary>
internal sealed record TransformerLayer(
    INorm AttentionNorm, SelfAttention Attention, INorm? AttentionPostNorm, INorm MlpNorm, IMlp Mlp, INorm? MlpPostNorm)
{
    /// <summary>[B, S, D] -> [B, S, D]; everything in between is freed on return. Where the context names needed tokens, the others are zeros.</summary>
    public Tensor Forward(Tensor x, LayerContext context)
    {
        using var scope = NewDisposeScope();
        var (tower, layer, observer) = (context.Tower, context.Layer, context.Observer);
        var normed = AttentionNorm.Forward(x);
        if (observer.Wants(Site.AttentionIn(tower, layer)))
        {
            observer.Observe(Site.AttentionIn(tower, layer), normed);
        }

        var stream = context.Needed?.Of(x) ?? x;
        var attended = observer.Pass(Site.AttentionOut(tower, layer), Attention.Forward(normed, context));
        // What a branch gives is nobody's once it was shown: observers keep copies.
        stream = (AttentionPostNorm?.Forward(attended) ?? attended).AddInPlace(stream);

        var mapped = observer.Pass(Site.MlpOut(tower, layer), Mlp.Forward(MlpNorm.Forward(stream)));
        stream = (MlpPostNorm?.Forward(mapped) ?? mapped).AddInPlace(stream);

        return observer.Pass(Site.ResidualPost(tower, layer), context.Needed?.Placed(stream, x) ?? stream).MoveToOuterDisposeScope();
    }
}
