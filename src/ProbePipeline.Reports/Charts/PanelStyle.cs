using System.Collections.Immutable;
using ProbePipeline.Reports.Fonts;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>What all panels share: font, sizes, colours, and the few marks that every chart is made of.</summary>
internal static class PanelStyle
{
    /// <summary>Size of ordinary text.</summary>
    public const float TextSize = 15;

    /// <summary>Size of titles.</summary>
    public const float TitleSize = 17;

    // ScottPlot centres a line of text with room for accents above it; letters alone look too high by this share of their size.
    private const float Sunk = 0.14f;

    public static void Apply(Plot plot, ChartTheme theme)
    {
        plot.FigureBackground.Color = theme.Paper;
        plot.DataBackground.Color = theme.Paper;
        plot.Axes.Color(theme.Ink);
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.Grid.LineColor = theme.Grid;
        plot.Font.Set(ChartFont.Name);
        plot.Axes.Title.Label.FontSize = TitleSize;
        plot.Axes.Title.Label.Bold = false;
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.Label.FontSize = TextSize;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.OffsetY = axis.Edge == Edge.Left ? TextSize * Sunk : 0;
            axis.MinorTickStyle.Length = 0;
            axis.FrameLineStyle.Width = axis.Edge is Edge.Bottom or Edge.Left ? 1 : 0;
        }
    }

    /// <summary>A panel of which only the data area is seen.</summary>
    public static void HideAxes(Plot plot)
    {
        plot.HideGrid();
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.IsVisible = false;
        }
    }

    /// <summary>A line through points.</summary>
    public static void Line(Plot plot, IReadOnlyList<Coordinates> points, Color color, float width, ImmutableArray<float> dashes) =>
        plot.Add.Plottable(new DashedLine(points, dashes) { Color = color, Width = width });

    /// <summary>A straight line.</summary>
    public static void Line(Plot plot, (double X, double Y) from, (double X, double Y) to, Color color, float width, ImmutableArray<float> dashes) =>
        Line(plot, [new Coordinates(from.X, from.Y), new Coordinates(to.X, to.Y)], color, width, dashes);

    /// <summary>A filled rectangle without a frame.</summary>
    public static void Fill(Plot plot, (double Left, double Right) across, (double Bottom, double Top) along, Color color)
    {
        var filled = plot.Add.Rectangle(across.Left, across.Right, along.Bottom, along.Top);
        filled.FillColor = color;
        filled.LineWidth = 0;
    }

    /// <summary>The intervals of a line's points, as a band beneath it.</summary>
    public static void Band(Plot plot, IEnumerable<(double X, double Low, double High)> intervals, Color color)
    {
        var band = plot.Add.FillY([.. intervals]);
        band.FillColor = color.WithAlpha(0.14);
        band.LineWidth = 0;
        band.MarkerStyle.IsVisible = false;
    }

    /// <summary>Text at a place of the data area.</summary>
    public static ScottPlot.Plottables.Text Text(Plot plot, string text, double x, double y, Color color, Alignment alignment, float size = TextSize)
    {
        var written = plot.Add.Text(text, x, y);
        written.LabelStyle.FontName = ChartFont.Name;
        written.LabelStyle.FontSize = size;
        written.LabelStyle.ForeColor = color;
        written.LabelStyle.Alignment = alignment;
        written.LabelStyle.OffsetY = alignment is Alignment.MiddleLeft or Alignment.MiddleCenter or Alignment.MiddleRight ? size * Sunk : 0;
        return written;
    }

    /// <summary>A marker in a condition's shape and colour, hollow where that says something.</summary>
    public static void Marker(Plot plot, ConditionStyle style, double x, double y, float size, Color? hollow = null)
    {
        var marker = plot.Add.Marker(x, y, style.Marker, size);
        marker.MarkerStyle.FillColor = hollow ?? style.Color;
        marker.MarkerStyle.OutlineColor = style.Color;
        marker.MarkerStyle.OutlineWidth = 1.8f;
    }

    /// <summary>An interval: a line with ends across it.</summary>
    public static void Interval(Plot plot, double x, double low, double high, Color color)
    {
        var bar = plot.Add.ErrorBar([x], [(low + high) / 2], [(high - low) / 2]);
        bar.Color = color;
        bar.LineWidth = 2;
        bar.CapSize = 4;
    }
}
