using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Checkpoints.Keys;

/// <summary>Parts that towers and decoders name alike.</summary>
internal static class LayerKeys
{
    /// <summary><c>name.weight</c> [outputs, inputs] and <c>name.bias</c> [outputs].</summary>
    public static Linear Linear(this WeightReader weights, string name, int outputs, int inputs, bool bias = true) =>
        new(weights.Tensor($"{name}.weight", outputs, inputs), bias ? weights.Tensor($"{name}.bias", outputs) : null);

    /// <summary><c>name.weight</c> and <c>name.bias</c>, [size] each.</summary>
    public static LayerNorm LayerNorm(this WeightReader weights, string name, int size, double epsilon) =>
        new(weights.Tensor($"{name}.weight", size), weights.Tensor($"{name}.bias", size), epsilon);
}
