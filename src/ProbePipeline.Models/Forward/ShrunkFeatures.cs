using ProbePipeline.Inputs;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>The features of several tiles, joined to one grid and blended to fewer (transformers 5.23, modeling_llava_onevision.py, pack_image_features).</summary>
internal static class ShrunkFeatures
{
    /// <summary>Whether the tiles of a layout, the overview aside, form the grid.</summary>
    public static bool Fits(ImageTokenLayout layout, ShrunkGrid grid) => layout.TileCount - 1 is var tiles && tiles % grid.TileColumns == 0
        && grid.Top + grid.PatchRows <= tiles / grid.TileColumns * layout.GridRows && grid.Left + grid.PatchColumns <= grid.TileColumns * layout.GridColumns;

    /// <param name="tiles">[T, P, W]: the tiles row by row, each with G x G patches row by row.</param>
    /// <param name="grid">What of them shows the picture, and what it becomes.</param>
    /// <param name="side">G.</param>
    /// <returns>[rows * columns of the grid, W]</returns>
    public static Tensor Of(Tensor tiles, ShrunkGrid grid, int side)
    {
        var (rows, width) = (tiles.shape[0] / grid.TileColumns, tiles.shape[2]);
        var joined = tiles.reshape(rows, grid.TileColumns, side, side, width)
            .permute(4, 0, 2, 1, 3)                                                                       // [W, rows, G, columns, G]
            .reshape(1, width, rows * side, grid.TileColumns * side);
        var shown = joined.narrow(2, grid.Top, grid.PatchRows).narrow(3, grid.Left, grid.PatchColumns);
        return nn.functional.interpolate(shown, [grid.Rows, grid.Columns], mode: InterpolationMode.Bilinear, align_corners: false)
            .flatten(2).squeeze(0).transpose(0, 1);                                                       // [1, W, rows, columns] -> [rows * columns, W]
    }
}
