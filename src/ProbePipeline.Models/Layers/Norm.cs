using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>A normalisation of the last dimension.</summary>
internal interface INorm
{
    /// <summary>[..., D] -> [..., D]</summary>
    Tensor Forward(Tensor x);
}

/// <summary>Layer normalisation (Ba et al., 2016).</summary>
internal sealed record LayerNorm(Tensor Weight, Tensor Bias, double Epsilon) : INorm
{
    public Tensor Forward(Tensor x) => nn.functional.layer_norm(x, [Weight.shape[0]], Weight, Bias, Epsilon);
}

/// <summary>
/// Root mean square normalisation (Zhang and Sennrich, 2019), in float32 whatever the type of the states.
/// Llama rounds to the states' type before it scales; Gemma scales by 1 + weight and rounds last (transformers 5.23, modeling_gemma2.py).
/// </summary>
internal sealed record RmsNorm(Tensor Weight, double Epsilon, bool ScaleByOnePlusWeight) : INorm
{
    public Tensor Forward(Tensor x)
    {
        var wide = x.to_type(ScalarType.Float32);
        var normed = wide * (wide * wide).mean([-1], keepdim: true).AddInPlace(Epsilon).rsqrt_();
        return ScaleByOnePlusWeight
            ? (normed * Weight.to_type(ScalarType.Float32).Plus(1)).to_type(x.dtype)
            : normed.to_type(x.dtype).mul_(Weight);
    }
}

/// <summary>Learned factors, one a coordinate: what DINOv2 does to a branch before it adds it (Touvron et al., 2021, "LayerScale").</summary>
internal sealed record LayerScale(Tensor Factors) : INorm
{
    public Tensor Forward(Tensor x) => x * Factors;
}
