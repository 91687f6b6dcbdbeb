using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Names beside the ends of the lines, instead of a legend that covers them.</summary>
internal static class LineLabels
{
    private const double Spacing = 1.35;
    private const int LongestName = 16;

    /// <summary>Draws labels from the left edge of a panel, joined to their values by lines.</summary>
    /// <param name="unit">Distance on the vertical scale that is a unit of the sheet.</param>
    /// <param name="low">Lowest place on that scale.</param>
    /// <param name="high">Highest place.</param>
    public static void Draw(Plot plot, IReadOnlyList<LineLabel> labels, ChartTheme theme, double unit, double low, double high)
    {
        PanelStyle.HideAxes(plot);
        plot.Axes.SetLimitsX(0, 1);
        var places = LabelStack.Place([.. labels.Select(label => label.Value)], PanelStyle.TextSize * Spacing * unit, low, high);
        for (var index = 0; index < labels.Count; index++)
        {
            var (value, text, style) = labels[index];
            PanelStyle.Line(plot, (0, value), (0.07, places[index]), style?.Color ?? theme.Muted, 0.8f, DashedLine.Solid);
            if (style is null)
            {
                PanelStyle.Text(plot, text, 0.09, places[index], theme.Muted, Alignment.MiddleLeft, PanelStyle.TextSize - 2);
                continue;
            }

            PanelStyle.Marker(plot, style, 0.11, places[index], 9);
            PanelStyle.Text(plot, text, 0.16, places[index], theme.Ink, Alignment.MiddleLeft);
        }
    }

    /// <summary>A name that is short enough to stand in a chart.</summary>
    public static string Short(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 1)]}…";
}
