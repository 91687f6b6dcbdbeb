using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Architecture.Tests.Planted;

/// <summary>Planted violations and their safe forms, for the tests of the rules.</summary>
internal static class UsesScalars
{
    public static Tensor Converted(Tensor tensor) => tensor.clamp_min(0);

    public static Tensor Operator(Tensor one, Tensor other) => one + other;

    public static double Inside(Tensor tensor) => tensor.ToDouble();

    public static Tensor NeverFreed(Tensor tensor) => tensor.clamp_min(0.ToScalar());

    public static Tensor Freed(Tensor tensor)
    {
        using var zero = 0.ToScalar();
        return tensor.clamp_min(zero) * tensor;
    }
}
