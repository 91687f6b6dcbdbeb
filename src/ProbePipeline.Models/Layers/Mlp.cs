using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>A position-wise network. D: hidden size, I: intermediate size.</summary>
internal interface IMlp
{
    /// <summary>[..., D] -> [..., D]</summary>
    Tensor Forward(Tensor x);
}

/// <summary>Up, activation, down.</summary>
internal sealed record Mlp(Linear Up, Activation Activation, Linear Down) : IMlp
{
    // [..., D] -> [..., I] -> [..., D]
    public Tensor Forward(Tensor x) => Down.Forward(Activation.Apply(Up.Forward(x)));
}

/// <summary>Up, gated by the activation of a second map, down (Shazeer, 2020).</summary>
internal sealed record GatedMlp(Linear Gate, Linear Up, Activation Activation, Linear Down) : IMlp
{
    // [..., D] -> [..., I] -> [..., D]
    public Tensor Forward(Tensor x) => Down.Forward(Activation.Apply(Gate.Forward(x)).mul_(Up.Forward(x)));
}
