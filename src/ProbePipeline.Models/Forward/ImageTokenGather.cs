using ProbePipeline.Inputs;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// Puts features in the order in which the language model reads them: a layout is a list of places, so packing tiles, dropping what unpadding
/// removes and setting row ends is one lookup. P: features a tile, W: their width.
/// </summary>
/// <param name="GridSize">Rows, and columns, of (merged) patches in a tile.</param>
/// <param name="ClassTokenCount">Features before the patches of a tile; -1 where the first patch was dropped as if it were a class token.</param>
/// <param name="RowEnd">[W]; null where the family has none.</param>
/// <param name="Separator">[W]; null where the family has none.</param>
internal sealed record ImageTokenGather(int GridSize, int ClassTokenCount, Tensor? RowEnd, Tensor? Separator)
{
    /// <summary>[T, P, W] -> [image tokens of all pictures, W]</summary>
    public Tensor Pack(Tensor features, IReadOnlyList<ImageTokenLayout> layouts)
    {
        var (tiles, perTile) = (features.shape[0], features.shape[1]);
        Tensor[] learned = [.. new[] { RowEnd, Separator }.OfType<Tensor>().Select(vector => vector.view(1, -1))];
        List<Tensor> table = [features.flatten(0, 1), .. learned];
        var rowEnd = tiles * perTile;
        var separator = rowEnd + (RowEnd is null ? 0 : 1);
        var end = rowEnd + learned.Length;

        var indices = new List<long>();
        var firstTile = 0L;
        foreach (var layout in layouts)
        {
            RequireFit(layout);
            var firstBlend = end;
            if (layout.Shrunk is { } grid)
            {
                table.Add(ShrunkFeatures.Of(features.narrow(0, firstTile + 1, layout.TileCount - 1), grid, GridSize));
                end += grid.Rows * grid.Columns;
            }

            indices.AddRange(layout.Tokens.Select(token => token.Kind switch
            {
                ImageTokenKind.RowEnd => rowEnd,
                ImageTokenKind.Separator => separator,
                ImageTokenKind.ClassToken => (firstTile + token.Tile) * perTile,
                ImageTokenKind.Blend => firstBlend + (token.Row * layout.Shrunk!.Columns) + token.Column,
                _ => ((firstTile + token.Tile) * perTile) + PlaceInTile(token),
            }));
            firstTile += layout.TileCount;
        }

        using var places = tensor(indices.ToArray(), device: features.device);
        return (table.Count == 1 ? table[0] : cat(table, 0)).index_select(0, places);
    }

    private int PlaceInTile(ImageToken patch) => ClassTokenCount + (patch.Row * GridSize) + patch.Column;

    private void RequireFit(ImageTokenLayout layout)
    {
        if (layout.GridRows != GridSize || layout.GridColumns != GridSize)
        {
            throw new NetworkInputException($"a layout of {layout.GridRows} x {layout.GridColumns} patches a tile does not fit a network of {GridSize} x {GridSize}");
        }

        foreach (var token in layout.Tokens)
        {
            var exists = token.Kind switch
            {
                ImageTokenKind.RowEnd => RowEnd is not null,
                ImageTokenKind.Separator => Separator is not null,
                ImageTokenKind.ClassToken => ClassTokenCount > 0,
                ImageTokenKind.Blend => ClassTokenCount == 0 && layout.Shrunk is { } grid && ShrunkFeatures.Fits(layout, grid) && token.Row < grid.Rows && token.Column < grid.Columns,
                _ => PlaceInTile(token) >= 0,
            };
            if (!exists)
            {
                throw new NetworkInputException($"the layout holds {token}, which this network does not have");
            }
        }
    }
}
