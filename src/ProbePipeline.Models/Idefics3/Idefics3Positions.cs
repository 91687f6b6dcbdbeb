using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Idefics3;

/// <summary>
/// Which of the learned positions a tile's patches have: Idefics3's tower finds them by the patches' places as shares of the tile, in float32
/// (transformers 5.23, modeling_idefics3.py, Idefics3VisionEmbeddings), where rounding may put one into its neighbour's bucket.
/// </summary>
internal static class Idefics3Positions
{
    /// <summary>[G * G], row by row: what the reference looks up for a tile of G x G patches.</summary>
    public static Tensor Of(int gridSize)
    {
        using var scope = NewDisposeScope();
        using var step = (1.0 / gridSize).ToScalar();
        using var end = 1.0.ToScalar();
        using var last = (1 - 1e-6).ToScalar();
        var boundaries = arange(step, end, step, dtype: float32);
        var shares = tensor(Enumerable.Range(0, gridSize).Select(patch => patch * (float)(1.0 / gridSize)).ToArray()).clamp_max(last);
        long[] buckets = [.. bucketize(shares, boundaries, right: true).data<long>()];                    // [G]
        return tensor((from row in buckets from column in buckets select (row * gridSize) + column).ToArray()).MoveToOuterDisposeScope();
    }
}
