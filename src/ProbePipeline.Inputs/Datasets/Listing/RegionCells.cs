using System.Text.Json;
using ProbePipeline.Inputs.Datasets.Manifest;
using ProbePipeline.Inputs.Datasets.Tables;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Datasets.Listing;

/// <summary>What the cells of a row say about its region.</summary>
internal static class RegionCells
{
    /// <param name="row">The row.</param>
    /// <param name="roles">Which column says what.</param>
    /// <param name="folder">The folder that paths start at.</param>
    /// <exception cref="DatasetException">A path leaves the folder.</exception>
    public static RegionSource Of(TableRow row, ColumnRoles roles, string folder)
    {
        if (!roles.MarkRegions)
        {
            return new WholePicture();
        }

        try
        {
            // Where a row has several, the most exact one counts. A mask in the table itself is not seen before it is read.
            return Read(row, roles.Rle) is { } rle ? RunLength(rle, roles.Rle!)
                : Read(row, roles.Polygon) is { } polygon ? Segmentation(polygon, roles.Polygon!)
                : roles.Mask is { } mask && HasMask(row, mask) ? Mask(row, roles, mask, folder)
                : Read(row, roles.Box) is { } box ? Box(box, roles.Box!)
                : Read(row, roles.Point) is { } point ? Point(point, roles.Point!)
                : new UnusableRegion($"expected a region in {string.Join(" or ", new[] { roles.Mask, roles.Polygon, roles.Rle, roles.Box, roles.Point }.OfType<string>())}; found none");
        }
        catch (JsonException error)
        {
            return new UnusableRegion($"a region is written as JSON; {error.Message}");
        }
    }

    // A column of bytes is null as long as it is not read; in a table of texts null is nothing.
    private static bool HasMask(TableRow row, string column) => row[column] is not null || (row.Cells.ContainsKey(column) && row.Again(column) is byte[]);

    private static object? Read(TableRow row, string? column) => column is null ? null : row[column] is string text ? JsonCells.OfText(text) : row[column];

    private static RegionSource Mask(TableRow row, ColumnRoles roles, string column, string folder)
    {
        var value = roles.MaskValue is { } named ? row[named] : null;
        return value is null ? new MaskRegion(PictureSource.Of(row, column, folder), null)
            : Cell.Number(value) is { } number && number == Math.Floor(number) && number is >= 0 and <= int.MaxValue ? new MaskRegion(PictureSource.Of(row, column, folder), (int)number)
            : new UnusableRegion($"{roles.MaskValue}: expected the value of the region's pixels, a whole number from 0; found {Cell.Shown(value)}");
    }

    private static RegionSource RunLength(object cell, string column)
    {
        var structure = cell as Dictionary<string, object?>;
        var counts = structure?.GetValueOrDefault("counts");
        return structure is not null && Cell.Numbers(structure.GetValueOrDefault("size")) is [var height, var width] && (counts as string ?? (object?)Cell.Numbers(counts)?.Select(run => (long)run).ToArray()) is { } runs
            ? new RunLengthRegion(new PictureSize((int)height, (int)width), runs)
            : new UnusableRegion($"{column}: expected {{ \"size\": [height, width], \"counts\": [...] or \"...\" }}; found {Cell.Shown(cell)}");
    }

    /// <summary>COCO's <c>segmentation</c>: polygons, or a run-length encoding.</summary>
    /// <param name="cell">What stands there.</param>
    /// <param name="column">Its name, for errors.</param>
    public static RegionSource Segmentation(object? cell, string column) =>
        cell is Dictionary<string, object?> ? RunLength(cell, column)
            : Cell.Numbers(cell) is { } one ? new PolygonRegion([one])
            : cell is object?[] list && list.Select(Cell.Numbers).ToArray() is var polygons && polygons.All(polygon => polygon is not null) ? new PolygonRegion([.. polygons.OfType<double[]>()])
            : new UnusableRegion($"{column}: expected a polygon [x, y, x, y, ...] or a list of them; found {Cell.Shown(cell)}");

    private static RegionSource Box(object cell, string column) => Cell.Numbers(cell) is [var left, var top, var width and > 0, var height and > 0]
        ? new BoxRegion(left, top, width, height)
        : new UnusableRegion($"{column}: expected a box [x, y, width, height] in pixels; found {Cell.Shown(cell)}");

    private static RegionSource Point(object cell, string column) => Cell.Numbers(cell) is [var x, var y]
        ? new BoxRegion(x, y, 0, 0)
        : new UnusableRegion($"{column}: expected a point [x, y] in pixels; found {Cell.Shown(cell)}");
}
