using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Regions;

/// <summary>
/// Exact areas of a mask under rectangles whose edges may cut through pixels. A pixel is a unit square; nothing lies outside of the picture.
/// </summary>
internal sealed class MaskCoverage
{
    private readonly int _top;
    private readonly int _left;
    private readonly int _height;
    private readonly int _width;
    private readonly int[] _sums;

    /// <summary>Counts the mask's pixels above and left of every pixel corner within its bounds, so that whole pixels are summed as integers.</summary>
    public MaskCoverage(RegionMask mask)
    {
        (_top, _left) = ((int)mask.Bounds.Top, (int)mask.Bounds.Left);
        (_height, _width) = ((int)mask.Bounds.Bottom - _top, (int)mask.Bounds.Right - _left);
        var stride = _width + 1;
        // [height + 1, width + 1]
        _sums = new int[(_height + 1) * stride];
        for (var row = 0; row < _height; row++)
        {
            var inRow = 0;
            for (var column = 0; column < _width; column++)
            {
                inRow += mask[_top + row, _left + column] ? 1 : 0;
                _sums[((row + 1) * stride) + column + 1] = _sums[(row * stride) + column + 1] + inRow;
            }
        }
    }

    /// <summary>The part of a rectangle's whole area, padding included, that the mask covers: 0 to 1.</summary>
    public double ShareOf(PictureRectangle rectangle)
    {
        Span<Piece> rows = stackalloc Piece[3];
        Span<Piece> columns = stackalloc Piece[3];
        rows = rows[..Cut(rectangle.Top - _top, rectangle.Bottom - _top, _height, rows)];
        columns = columns[..Cut(rectangle.Left - _left, rectangle.Right - _left, _width, columns)];
        var covered = 0.0;
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                covered += row.Weight * column.Weight * Count(row, column);
            }
        }

        return covered == 0 ? 0 : covered / rectangle.Area;
    }

    /// <summary>An interval within the bounds as at most three runs of pixels: a cut one, whole ones, a cut one.</summary>
    private static int Cut(double start, double end, int length, Span<Piece> pieces)
    {
        (start, end) = (Math.Clamp(start, 0, length), Math.Clamp(end, 0, length));
        var (firstWhole, lastWhole) = ((int)Math.Ceiling(start), (int)Math.Floor(end));
        if (end <= start)
        {
            return 0;
        }

        if (lastWhole < firstWhole)
        {
            pieces[0] = new Piece(lastWhole, firstWhole, end - start);
            return 1;
        }

        var count = 0;
        if (start < firstWhole)
        {
            pieces[count++] = new Piece(firstWhole - 1, firstWhole, firstWhole - start);
        }

        if (firstWhole < lastWhole)
        {
            pieces[count++] = new Piece(firstWhole, lastWhole, 1);
        }

        if (lastWhole < end)
        {
            pieces[count++] = new Piece(lastWhole, lastWhole + 1, end - lastWhole);
        }

        return count;
    }

    private int Count(Piece rows, Piece columns) =>
        Sum(rows.End, columns.End) - Sum(rows.Start, columns.End) - Sum(rows.End, columns.Start) + Sum(rows.Start, columns.Start);

    private int Sum(int row, int column) => _sums[(row * (_width + 1)) + column];

    /// <summary>Pixels from start to before end, of each of which a part lies inside.</summary>
    private readonly record struct Piece(int Start, int End, double Weight);
}
