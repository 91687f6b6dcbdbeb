using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Squares of neighbouring patches side by side in one vector: row by row, as Phi-3-Vision, Idefics3 (its "pixel shuffle") and Qwen2-VL have them.</summary>
internal static class PatchSquares
{
    /// <param name="patches">[T, G * G, D]</param>
    /// <param name="gridSize">G, a multiple of S.</param>
    /// <param name="side">S: patches along an edge of a square.</param>
    /// <returns>[T, G/S * G/S, S * S * D]</returns>
    public static Tensor Merge(Tensor patches, int gridSize, int side) => Merge(patches, gridSize / side, gridSize / side, side);

    /// <param name="patches">[T, R * S * C * S, D]</param>
    /// <param name="rows">R: rows of squares.</param>
    /// <param name="columns">C: columns of squares.</param>
    /// <param name="side">S: patches along an edge of a square.</param>
    /// <returns>[T, R * C, S * S * D]</returns>
    public static Tensor Merge(Tensor patches, int rows, int columns, int side)
    {
        var (tiles, width) = (patches.shape[0], patches.shape[2]);
        return patches.reshape(tiles, rows, side, columns, side, width)
            .permute(0, 1, 3, 2, 4, 5)                                                                    // [T, R, C, S, S, D]
            .reshape(tiles, rows * columns, side * side * width);
    }
}
