using ProbePipeline.Inputs;
using ProbePipeline.Models.Forward;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Forward;

public sealed class ShrunkFeaturesTests
{
    private const int Side = 3;

    // Two by two tiles of 3 x 3 patches, of whose 6 x 6 grid the rows 1 to 5 show the picture; 5 x 6 patches become 3 x 4 tokens.
    private static readonly ShrunkGrid Grid = new(TileColumns: 2, Top: 1, Left: 0, PatchRows: 5, PatchColumns: 6, Rows: 3, Columns: 4);

    [Fact]
    public void Of_TilesOfAWiderGrid_BlendsTheFourNearestPatchesOfEveryToken()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var tiles = rand([4, Side * Side, 2], generator: generator);

        var blended = ShrunkFeatures.Of(tiles, Grid, Side);

        Assert.Equal([Grid.Rows * Grid.Columns, 2], blended.shape);
        for (var token = 0; token < Grid.Rows * Grid.Columns; token++)
        {
            for (var feature = 0; feature < 2; feature++)
            {
                Assert.Equal(Blend(tiles, token / Grid.Columns, token % Grid.Columns, feature), blended[token, feature].ToDouble(), 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(2, 1, 5, true)]
    [InlineData(2, 2, 5, false)]
    [InlineData(4, 1, 5, false)]
    [InlineData(3, 0, 1, false)]
    public void Fits_GridAndTiles_IsTrueWhereTheTilesFormTheGrid(int tileColumns, int top, int patchRows, bool fits)
    {
        var layout = new ImageTokenLayout([ImageToken.Blend(0, 0)], tileCount: 5, Side, Side);

        Assert.Equal(fits, ShrunkFeatures.Fits(layout, Grid with { TileColumns = tileColumns, Top = top, PatchRows = patchRows }));
    }

    /// <summary>Bilinear without antialiasing: the token's middle between the middles of its four neighbours, clamped at the edges.</summary>
    private static double Blend(Tensor tiles, int row, int column, int feature)
    {
        var (top, bottom, down) = Neighbours(row, Grid.RowScale, Grid.PatchRows);
        var (left, right, across) = Neighbours(column, Grid.ColumnScale, Grid.PatchColumns);
        double At(int y, int x)
        {
            var (tileRow, tileColumn) = ((y + Grid.Top) / Side, (x + Grid.Left) / Side);
            var patch = ((y + Grid.Top) % Side * Side) + ((x + Grid.Left) % Side);
            return tiles[(tileRow * Grid.TileColumns) + tileColumn, patch, feature].ToDouble();
        }

        return ((1 - down) * (((1 - across) * At(top, left)) + (across * At(top, right)))) + (down * (((1 - across) * At(bottom, left)) + (across * At(bottom, right))));
    }

    private static (int First, int Second, double Share) Neighbours(int token, double scale, int count)
    {
        var place = Math.Max(((token + 0.5) * scale) - 0.5, 0);
        var first = Math.Min((int)place, count - 1);
        return (first, Math.Min(first + 1, count - 1), place - first);
    }
}
