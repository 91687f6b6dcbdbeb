using System.Text;
using System.Text.RegularExpressions;
using ProbePipeline.Reports.Fonts;
using ScottPlot;
using SkiaSharp;

namespace ProbePipeline.Reports.Charts;

/// <summary>Panels on one sheet, drawn as pixels or as vectors.</summary>
/// <param name="width">Width in units: pixels of the SVG, half a pixel of the PNG.</param>
/// <param name="height">Height in the same units.</param>
/// <param name="theme">Its colours.</param>
internal sealed partial class Figure(int width, int height, ChartTheme theme) : IDisposable
{
    /// <summary>Pixels of the PNG along a unit.</summary>
    public const int PixelsPerUnit = 2;

    private readonly List<(Plot Plot, PixelRect Place)> _panels = [];

    public ChartTheme Theme => theme;

    public int Width => width;

    public int Height => height;

    /// <summary>A panel at a place on the sheet, whose data area keeps a fixed distance from the panel's edges.</summary>
    public Plot Panel(float left, float top, float panelWidth, float panelHeight, PixelPadding padding)
    {
        // Before the plot: whoever makes one meanwhile walks through the list of fonts that this adds to.
        ChartFont.Register();
        var plot = new Plot();
        PanelStyle.Apply(plot, theme);
        plot.Layout.Fixed(padding);
        _panels.Add((plot, new PixelRect(left, left + panelWidth, top + panelHeight, top)));
        return plot;
    }

    /// <summary>A panel to draw in units of the sheet: x from its left edge, y from its top edge downwards, below 0.</summary>
    public Plot Sheet(int left, int top, int sheetWidth, int sheetHeight)
    {
        var plot = Panel(left, top, sheetWidth, sheetHeight, new PixelPadding(0));
        PanelStyle.HideAxes(plot);
        plot.Axes.SetLimits(0, sheetWidth, -sheetHeight, 0);
        return plot;
    }

    /// <summary>Sheets of one size, two in a row where there are several.</summary>
    /// <param name="count">How many.</param>
    /// <param name="sheetWidth">Width of each in units.</param>
    /// <param name="sheetHeight">Height of each.</param>
    /// <param name="theme">The colours.</param>
    /// <param name="draw">Draws on the sheet of an index.</param>
    public static Figure OfSheets(int count, int sheetWidth, int sheetHeight, ChartTheme theme, Action<Plot, int> draw)
    {
        var columns = count > 1 ? 2 : 1;
        var figure = new Figure(sheetWidth * columns, sheetHeight * ((count + columns - 1) / columns), theme);
        for (var index = 0; index < count; index++)
        {
            draw(figure.Sheet(sheetWidth * (index % columns), sheetHeight * (index / columns), sheetWidth, sheetHeight), index);
        }

        return figure;
    }

    /// <summary>The sheet as PNG, twice as many pixels as units.</summary>
    public byte[] ToPng()
    {
        using var surface = SKSurface.Create(new SKImageInfo(width * PixelsPerUnit, height * PixelsPerUnit, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Scale(PixelsPerUnit);
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>The sheet as SVG: text as text, in the charts' font or the reader's nearest one.</summary>
    public byte[] ToSvg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(width, height), stream))
        {
            Draw(canvas);
        }

        var svg = Encoding.UTF8.GetString(stream.ToArray())
            .Replace($"font-family=\"{ChartFont.Name}\"", $"font-family=\"{ChartFont.Name}, Verdana, sans-serif\"", StringComparison.Ordinal)
            // A viewBox lets a page scale the drawing.
            .Replace("<svg ", $"<svg viewBox=\"0 0 {width} {height}\" ", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(Renumbered(Indentation().Replace(TrailingComma().Replace(svg, "\""), "")));
    }

    // Skia ends the lists of glyph positions with a comma, which SVG does not allow.
    [GeneratedRegex(@"(?<=\s[xy]=""[-\d.,\seE]*), """)]
    private static partial Regex TrailingComma();

    // Skia counts clipping paths through the life of the process; the same drawing shall be the same file.
    private static string Renumbered(string svg)
    {
        var numbers = new Dictionary<string, string>();
        return ClipName().Replace(svg, match =>
        {
            if (!numbers.TryGetValue(match.Value, out var number))
            {
                numbers[match.Value] = number = $"cl_{Shown.Count(numbers.Count)}";
            }

            return number;
        });
    }

    [GeneratedRegex(@"(?<=<clipPath id=""|clip-path=""url\(#)cl_\w+")]
    private static partial Regex ClipName();

    // Half of the file is indentation, and within text it is no part of it.
    [GeneratedRegex(@"(?<=>)\s+|\s+(?=<)")]
    private static partial Regex Indentation();

    public void Dispose() => _panels.ForEach(panel => panel.Plot.Dispose());

    private void Draw(SKCanvas canvas)
    {
        canvas.Clear(theme.Paper.ToSKColor());
        foreach (var (plot, place) in _panels)
        {
            plot.Render(canvas, place);
        }
    }
}
