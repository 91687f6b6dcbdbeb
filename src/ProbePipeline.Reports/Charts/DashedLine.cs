using System.Collections.Immutable;
using ScottPlot;
using SkiaSharp;

namespace ProbePipeline.Reports.Charts;

/// <summary>
/// A line through points, cut into dashes here: Skia's SVG knows no dashes and would draw every line solid, and then nothing tells lines apart in gray.
/// </summary>
/// <param name="points">The points, in the plot's coordinates.</param>
/// <param name="dashes">Lengths of a dash, a space, a dash, … in units of the sheet; empty for a solid line.</param>
internal sealed class DashedLine(IReadOnlyList<Coordinates> points, ImmutableArray<float> dashes) : IPlottable
{
    public static ImmutableArray<float> Solid { get; } = [];

    public static ImmutableArray<float> Dotted { get; } = [1.5f, 4];

    public static ImmutableArray<float> Dashed { get; } = [5, 4];

    public required Color Color { get; init; }

    public required float Width { get; init; }

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => new(points);

    public void Render(RenderPack rp)
    {
        using var paint = new SKPaint
        {
            Color = Color.ToSKColor(),
            StrokeWidth = Width,
            Style = SKPaintStyle.Stroke,
            StrokeJoin = SKStrokeJoin.Round,
            IsAntialias = true,
        };
        SKPoint[] pixels = [.. points.Select(point => Axes.GetPixel(point)).Select(pixel => new SKPoint(pixel.X, pixel.Y))];
        using var path = dashes.IsEmpty ? Whole(pixels) : Cut(pixels);
        rp.Canvas.DrawPath(path, paint);
    }

    private static SKPath Whole(SKPoint[] pixels)
    {
        var path = new SKPath();
        path.AddPoly(pixels, close: false);
        return path;
    }

    private SKPath Cut(SKPoint[] pixels)
    {
        var path = new SKPath();
        var (dash, left) = (0, dashes[0]);
        path.MoveTo(pixels[0]);
        for (var index = 1; index < pixels.Length; index++)
        {
            var (from, to) = (pixels[index - 1], pixels[index]);
            var (length, done) = (SKPoint.Distance(from, to), 0f);
            while (done < length)
            {
                var step = Math.Min(left, length - done);
                done += step;
                left -= step;
                var reached = new SKPoint(from.X + ((to.X - from.X) * done / length), from.Y + ((to.Y - from.Y) * done / length));
                // Even places of the pattern are drawn, odd ones are spaces.
                if (dash % 2 == 0)
                {
                    path.LineTo(reached);
                }
                else
                {
                    path.MoveTo(reached);
                }

                if (left <= 0)
                {
                    dash = (dash + 1) % dashes.Length;
                    left = dashes[dash];
                }
            }
        }

        return path;
    }
}
