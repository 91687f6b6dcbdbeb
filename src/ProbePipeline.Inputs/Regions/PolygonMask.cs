using System.Globalization;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Regions;

/// <summary>
/// Polygons as COCO's tools draw them: the outline is walked on a grid five times as fine, and a pixel belongs to the region where its column has crossed the
/// outline an odd number of times above it (rleFrPoly in common/maskApi.c of cocodataset/cocoapi at 8c9bcc3). That is not the usual scan line.
/// </summary>
internal static class PolygonMask
{
    private const int Finer = 5;

    /// <summary>Points of all outlines on the finer grid, and pixels that they fill: a row may list corners, and polygons, without end.</summary>
    private const long MostOutline = 1 << 26;
    private const long MostFilled = 1 << 30;

    /// <summary>A mask of the pixels in any of the polygons.</summary>
    /// <param name="size">The picture's rows and columns.</param>
    /// <param name="polygons">Each as x, y, x, y, ... in pixels, the origin in the picture's upper left corner.</param>
    /// <exception cref="RegionException">A polygon has less than three corners, half a corner, or one far off the picture.</exception>
    public static RegionMask Of(PictureSize size, IEnumerable<IReadOnlyList<double>> polygons)
    {
        RegionMask.RequireSize(size);
        return RegionMask.Marked(size, mark =>
        {
            var (outline, filled) = (0L, 0L);
            foreach (var polygon in polygons)
            {
                Check(size, polygon);
                Require(outline += OutlineLength(polygon), MostOutline, "points of their outlines");
                Require(filled += Fill(size, Crossings(size, polygon), mark), MostFilled, "pixels");
            }
        });
    }

    private static void Require(long count, long most, string what)
    {
        if (count > most)
        {
            throw new RegionException(string.Create(CultureInfo.InvariantCulture, $"Polygons of a region are drawn by at most {most} {what}; found {count} before their end. List every outline once, or write the region as a mask."));
        }
    }

    private static long OutlineLength(IReadOnlyList<double> polygon)
    {
        var length = 0.0;
        for (var index = 0; index < polygon.Count; index += 2)
        {
            var next = (index + 2) % polygon.Count;
            length += 1 + (Finer * Math.Max(Math.Abs(polygon[next] - polygon[index]), Math.Abs(polygon[next + 1] - polygon[index + 1])));
        }

        return (long)length;
    }

    private static void Check(PictureSize size, IReadOnlyList<double> polygon)
    {
        if (polygon.Count < 6 || polygon.Count % 2 != 0)
        {
            throw new RegionException($"A polygon has three corners or more, x and y each; found {polygon.Count.ToString(CultureInfo.InvariantCulture)} numbers.");
        }

        for (var index = 0; index < polygon.Count; index++)
        {
            var side = index % 2 == 0 ? size.Width : size.Height;
            if (!(polygon[index] >= -side && polygon[index] <= 2 * side))
            {
                throw new RegionException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"A polygon's corners lie on the picture of {size} pixels, or at most its own size beside it; found {(index % 2 == 0 ? "x" : "y")} = {polygon[index]}. Check the picture's size and the order x, y."));
            }
        }
    }

    /// <summary>Where the outline crosses the middle of a column of pixels: places in the picture, column by column, from which on inside and outside change.</summary>
    private static List<int> Crossings(PictureSize size, IReadOnlyList<double> polygon)
    {
        var crossings = new List<int>();
        (int X, int Y)? last = null;
        foreach (var point in Outline(polygon))
        {
            if (last is { } before && before.X != point.X)
            {
                var column = (((point.X < before.X ? point.X : point.X - 1) + 0.5) / Finer) - 0.5;
                if (Math.Floor(column) == column && column >= 0 && column <= size.Width - 1)
                {
                    var row = Math.Ceiling(Math.Clamp(((Math.Min(point.Y, before.Y) + 0.5) / Finer) - 0.5, 0, size.Height));
                    crossings.Add(((int)column * size.Height) + (int)row);
                }
            }

            last = point;
        }

        crossings.Sort();
        return crossings;
    }

    /// <summary>Every point of the finer grid along the closed outline; a corner comes twice, as the end of one edge and the beginning of the next.</summary>
    private static IEnumerable<(int X, int Y)> Outline(IReadOnlyList<double> polygon)
    {
        var corners = polygon.Chunk(2).Select(corner => (X: (int)((Finer * corner[0]) + 0.5), Y: (int)((Finer * corner[1]) + 0.5))).ToArray();
        for (var index = 0; index < corners.Length; index++)
        {
            var (from, to) = (corners[index], corners[(index + 1) % corners.Length]);
            var (width, height) = (Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
            var wide = width >= height;
            var length = wide ? width : height;
            // Always computed from the same end, so that two polygons that share an edge share its points.
            var flipped = wide ? from.X > to.X : from.Y > to.Y;
            var (begin, end) = flipped ? (to, from) : (from, to);
            var slope = length == 0 ? 0 : wide ? (double)(end.Y - begin.Y) / width : (double)(end.X - begin.X) / height;
            for (var step = 0; step <= length; step++)
            {
                var along = flipped ? length - step : step;
                yield return wide
                    ? (begin.X + along, (int)(begin.Y + (slope * along) + 0.5))
                    : ((int)(begin.X + (slope * along) + 0.5), begin.Y + along);
            }
        }
    }

    private static long Fill(PictureSize size, List<int> crossings, Action<int, int> mark)
    {
        var filled = 0L;
        for (var index = 0; index < crossings.Count; index += 2)
        {
            var end = index + 1 < crossings.Count ? crossings[index + 1] : size.Height * size.Width;
            for (var at = crossings[index]; at < end; at++)
            {
                var (column, row) = Math.DivRem(at, size.Height);
                mark(row, column);
            }

            filled += end - crossings[index];
        }

        return filled;
    }
}
