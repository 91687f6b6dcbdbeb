using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// Rotary positions of patches in two dimensions: the first half of the frequencies turns by a patch's row, the second by its column
/// (transformers 5.23, modeling_qwen2_vl.py).
/// </summary>
/// <param name="Frequencies">[d / 4], for a head of d coordinates.</param>
internal sealed record PatchRotarySchedule(ImmutableArray<float> Frequencies)
{
    /// <summary>theta to the power of -2i / (d / 2).</summary>
    /// <param name="theta">The base.</param>
    /// <param name="headSize">d.</param>
    public static PatchRotarySchedule Standard(double theta, int headSize) => new(RotarySchedule.Standard(theta, headSize / 2).Frequencies);

    /// <summary>Cosines and sines for a grid of patches, row by row: [1, 1, rows * columns, d].</summary>
    public RotaryEmbedding At(int rows, int columns, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        var frequencies = tensor(Frequencies.AsSpan().ToArray());
        var angles = cat([Turned(patch => patch / columns), Turned(patch => patch % columns)], -1);       // [N, d / 2]
        return RotaryEmbedding.OfAngles(angles.view(1, 1, rows * columns, -1), scale: 1, type, device);

        // [N, 1] [1, d / 4] -> [N, d / 4]
        Tensor Turned(Func<int, int> place) =>
            tensor(Enumerable.Range(0, rows * columns).Select(patch => (float)place(patch)).ToArray()).unsqueeze(1) * frequencies.unsqueeze(0);
    }
}
