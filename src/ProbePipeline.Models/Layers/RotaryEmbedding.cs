using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// Rotary position embedding (Su et al., 2021), halves rotated against each other as Hugging Face lays out q and k.
/// r: rotated part of a head's size d; what lies beyond it stays as it is.
/// </summary>
/// <param name="Cosine">[B or 1, 1, S, r]</param>
/// <param name="Sine">[B or 1, 1, S, r]</param>
internal sealed record RotaryEmbedding(Tensor Cosine, Tensor Sine)
{
    /// <summary>Cosines and sines of angles, which both halves of a head's rotated part turn by. They leave the current dispose scope for the one around it.</summary>
    /// <param name="angles">[B or 1, 1, S, r / 2]</param>
    /// <param name="scale">What cosines and sines are multiplied by.</param>
    /// <param name="type">Of what they are multiplied with.</param>
    /// <param name="device">Where that is.</param>
    public static RotaryEmbedding OfAngles(Tensor angles, double scale, ScalarType type, Device device)
    {
        var both = cat([angles, angles], -1).to(device);                                                             // [B or 1, 1, S, r]
        return new RotaryEmbedding(cos(both).Times(scale).to_type(type).MoveToOuterDisposeScope(), sin(both).Times(scale).to_type(type).MoveToOuterDisposeScope());
    }

    /// <summary>[B, H, S, d] -> [B, H, S, d]</summary>
    public Tensor Rotate(Tensor x)
    {
        var (size, rotated) = (x.shape[^1], Cosine.shape[^1]);
        var part = size == rotated ? x : x.narrow(-1, 0, rotated);
        var (first, second) = (part.narrow(-1, 0, rotated / 2), part.narrow(-1, rotated / 2, rotated / 2));
        var (sineOfFirst, sineOfSecond) = (Sine.narrow(-1, 0, rotated / 2), Sine.narrow(-1, rotated / 2, rotated / 2));
        var turned = part * Cosine;
        turned.narrow(-1, 0, rotated / 2).AddProductInPlace(second, sineOfFirst, -1);
        turned.narrow(-1, rotated / 2, rotated / 2).AddProductInPlace(first, sineOfSecond, 1);
        return size == rotated ? turned : cat([turned, x.narrow(-1, rotated, size - rotated)], -1);
    }

    /// <summary>The same at some tokens alone.</summary>
    public RotaryEmbedding Of(NeededTokens needed) => new(needed.OfQueries(Cosine), needed.OfQueries(Sine));

    /// <summary>The same of the first positions.</summary>
    public RotaryEmbedding Until(int length) => new(Cosine.narrow(2, 0, length), Sine.narrow(2, 0, length));
}
