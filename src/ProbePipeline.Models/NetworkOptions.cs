using ProbePipeline.Models.Layers;
using static TorchSharp.torch;

namespace ProbePipeline.Models;

/// <summary>How a checkpoint is loaded.</summary>
public sealed record NetworkOptions
{
    /// <summary>The type to compute in: float32, bfloat16 or float16; null: the one in which most of the weights are stored, so that nothing is copied.</summary>
    public ScalarType? Type { get; init; }

    /// <summary>Where to compute: auto (CUDA where there is one), cpu, cuda or cuda:N.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The vision tower's shape for Phi-3-Vision, whose configuration does not state it; null: CLIP ViT-L/14-336, as published.</summary>
    internal VisionTowerConfig? VisionTower { get; init; }

    /// <summary>
    /// Draws the weights anew with this seed instead of reading them: the same architecture, untrained. A matrix keeps its own mean and standard deviation,
    /// a vector its mean. The checkpoint is not changed. Null: the weights as they are.
    /// </summary>
    public long? RandomSeed { get; init; }

    /// <summary>The options by the names that experiment files use.</summary>
    /// <param name="device">auto, cpu, cuda or cuda:N.</param>
    /// <param name="type">float32, bfloat16 or float16; null: the one in which most of the weights are stored.</param>
    /// <exception cref="ArgumentException">There is no type of that name.</exception>
    public static NetworkOptions Of(string device, string? type) => new() { Device = device, Type = type is null ? null : Enum.Parse<ScalarType>(type, ignoreCase: true) };
}
