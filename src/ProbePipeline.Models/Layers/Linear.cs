using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>An affine map of the last dimension: weight [out, in], bias [out] or none.</summary>
internal sealed record Linear(Tensor Weight, Tensor? Bias)
{
    /// <summary>[..., in] -> [..., out]</summary>
    public Tensor Forward(Tensor x) => nn.functional.linear(x, Weight, Bias);

    /// <summary>The rows [begin, begin + count) as a map of its own, without a copy: checkpoints fuse maps that read the same input.</summary>
    public Linear Rows(long begin, long count) => new(Weight.narrow(0, begin, count), Bias?.narrow(0, begin, count));
}
