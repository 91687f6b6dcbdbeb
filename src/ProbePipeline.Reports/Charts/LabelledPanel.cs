using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>A panel with lines and, at its right edge and on the same vertical scale, a narrower one with their names.</summary>
internal sealed class LabelledPanel
{
    /// <summary>Room for names, in units of the sheet.</summary>
    public const float LabelWidth = 180;

    private readonly Plot _labels;
    private readonly double _unit;

    /// <param name="figure">The sheet.</param>
    /// <param name="place">Where the lines' panel lies on it.</param>
    /// <param name="padding">From its edges to its data area.</param>
    /// <param name="scale">The vertical scale, from the lower to the upper edge of the data area.</param>
    /// <param name="labelWidth">Width of the names' panel.</param>
    public LabelledPanel(Figure figure, (float Left, float Top, float Width, float Height) place, PixelPadding padding, (double Low, double High) scale, float labelWidth = LabelWidth)
    {
        Plot = figure.Panel(place.Left, place.Top, place.Width, place.Height, padding);
        Plot.Axes.SetLimitsY(scale.Low, scale.High);
        _labels = figure.Panel(place.Left + place.Width, place.Top, labelWidth, place.Height, new PixelPadding(0, 0, padding.Bottom, padding.Top));
        _labels.Axes.SetLimitsY(scale.Low, scale.High);
        _unit = (scale.High - scale.Low) / (place.Height - padding.Top - padding.Bottom);
        DataWidth = place.Width - padding.Left - padding.Right;
        Theme = figure.Theme;
    }

    /// <summary>The lines' panel.</summary>
    public Plot Plot { get; }

    /// <summary>Width of its data area, in units of the sheet.</summary>
    public float DataWidth { get; }

    public ChartTheme Theme { get; }

    /// <summary>Writes the names of the lines.</summary>
    /// <param name="lines">Names, with the values at which the lines end.</param>
    /// <param name="low">Lowest place of a name on the vertical scale.</param>
    /// <param name="high">Highest place.</param>
    public void Name(IReadOnlyList<LineLabel> lines, double low, double high) => LineLabels.Draw(_labels, lines, Theme, _unit, low, high);
}
