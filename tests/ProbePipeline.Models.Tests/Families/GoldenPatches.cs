using ProbePipeline.Inputs;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Families;

/// <summary>Qwen2-VL's goldens lay a picture out as patches, those that are merged together one after the other; here they lie row by row.</summary>
internal static class GoldenPatches
{
    /// <summary>The one picture of a golden, both frames.</summary>
    public static PictureInput Picture(GoldenCase golden, Network network)
    {
        var (vision, grid) = (network.Vision!, golden.Inputs.Integers("image_grid_thw"));
        var (rows, columns, side, patch, channels) = ((int)grid[1], (int)grid[2], vision.MergedSide, vision.PatchSize, vision.ChannelCount * vision.FrameCount);
        using var scope = NewDisposeScope();
        var pixels = tensor(golden.Inputs.Floats("pixel_values")).view(rows / side, columns / side, side, side, channels, patch, patch)
            .permute(4, 0, 2, 5, 1, 3, 6).contiguous();                                             // [C * frames, R, S, p, C, S, p]
        var tokens = from row in Enumerable.Range(0, rows / side) from column in Enumerable.Range(0, columns / side) select ImageToken.Patch(0, row, column);
        return new PictureInput(pixels.data<float>().ToArray(), new ImageTokenLayout([.. tokens], tileCount: 1, rows / side, columns / side));
    }

    /// <summary>[1, patches, D], row by row, as the golden has them: [patches, D].</summary>
    public static Tensor InReferenceOrder(Tensor states, GoldenCase golden, Network network)
    {
        var (side, grid) = (network.Vision!.MergedSide, golden.Inputs.Integers("image_grid_thw"));
        return states.view(grid[1] / side, side, grid[2] / side, side, -1).permute(0, 2, 1, 3, 4).reshape(grid[1] * grid[2], -1);
    }
}
