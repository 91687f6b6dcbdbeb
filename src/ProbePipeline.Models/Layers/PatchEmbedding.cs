using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>Patches to vectors, a class token before them where there is one, plus learned positions, normed where the tower does so; registers, which have no position, between them.</summary>
/// <param name="PatchWeight">[D, C, patch, patch]</param>
/// <param name="PatchBias">[D]</param>
/// <param name="ClassToken">[D]</param>
/// <param name="Positions">[N - R, D]; null: positions are rotated in</param>
/// <param name="Norm">Applied last.</param>
/// <param name="Registers">[R, D]</param>
internal sealed record PatchEmbedding(Tensor PatchWeight, Tensor? PatchBias, Tensor? ClassToken, Tensor? Positions, INorm? Norm, Tensor? Registers = null)
{
    /// <summary>[T, C, height, width] -> [T, N, D]</summary>
    public Tensor Forward(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var stride = PatchWeight.shape[^1];
        var patches = nn.functional.conv2d(pixels.to_type(PatchWeight.dtype), PatchWeight, PatchBias, [stride, stride]);  // [T, D, rows, columns]
        var tokens = patches.flatten(2).transpose(1, 2);                                                                 // [T, patches, D]
        if (ClassToken is not null)
        {
            tokens = cat([ClassToken.view(1, 1, -1).expand(tokens.shape[0], 1, -1), tokens], 1);
        }

        tokens = Positions is null ? tokens : tokens.Plus(Positions);
        if (Registers is not null)
        {
            // [T, 1 + patches, D] -> [T, 1 + R + patches, D]
            tokens = cat([tokens.narrow(1, 0, 1), Registers.unsqueeze(0).expand(tokens.shape[0], -1, -1), tokens.narrow(1, 1, tokens.shape[1] - 1)], 1);
        }

        return (Norm?.Forward(tokens) ?? tokens).MoveToOuterDisposeScope();
    }
}
