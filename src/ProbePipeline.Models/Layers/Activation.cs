using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ProbePipeline.Models.Layers;

/// <summary>The elementwise function between two maps of an MLP.</summary>
public enum Activation
{
    /// <summary>x times the logistic function of 1.702 x (OpenAI's CLIP).</summary>
    QuickGelu,

    /// <summary>x times the normal distribution function of x, exact.</summary>
    Gelu,

    /// <summary>The same by the tanh approximation.</summary>
    GeluTanh,

    /// <summary>x times the logistic function of x.</summary>
    Silu,

    /// <summary>The larger of x and 0.</summary>
    Relu,
}

internal static class Activations
{
    /// <summary>The function of every number; the numbers may be changed in place.</summary>
    public static Tensor Apply(this Activation activation, Tensor x) => activation switch
    {
        Activation.QuickGelu => x.Times(1.702).sigmoid_().mul_(x),
        Activation.Gelu => functional.gelu(x),
        Activation.GeluTanh => functional.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh),
        Activation.Silu => functional.silu(x, inplace: true),
        Activation.Relu => functional.relu(x, inplace: true),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "no such activation"),
    };
}
