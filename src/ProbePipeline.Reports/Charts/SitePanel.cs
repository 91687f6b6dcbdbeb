using System.Collections.Immutable;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>What panels over sites share: the axis, the ground on which towers and projector are told apart, and how wide a unit is.</summary>
internal static class SitePanel
{
    // Beside the first and the last site, in units of the axis.
    private const double Margin = 0.7;
    // Of the sheet a tick.
    private const float TickRoom = 28;
    // Beyond every scale of shares.
    private const double BeyondShares = 3;

    /// <summary>Sets the axis of sites and draws the ground, beneath all that is drawn after.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="sites">Its horizontal axis.</param>
    /// <param name="names">Where on the vertical axis the towers' names stand.</param>
    public static void Draw(LabelledPanel panel, SiteAxis sites, double names)
    {
        var (plot, theme) = (panel.Plot, panel.Theme);
        plot.Axes.SetLimitsX(-Margin, sites.End + Margin);
        plot.Grid.XAxisStyle.IsVisible = false;
        AxisTicks.Set(plot.Axes.Bottom, sites.Ticks((int)(panel.DataWidth / TickRoom)));
        // The names stand at the top of the scale, whatever it is of.
        var far = Math.Max(BeyondShares, 2 * Math.Abs(names));
        foreach (var (_, start, end) in sites.Groups.Where(group => group.Name != "projector"))
        {
            PanelStyle.Fill(plot, (start - 0.6, end + 0.6), (-far, far), theme.Shade);
        }

        for (var index = 0; index < sites.Groups.Length; index++)
        {
            var (name, start, end) = sites.Groups[index];
            PanelStyle.Text(plot, name, (start + end) / 2, names, theme.Muted, Alignment.MiddleCenter, PanelStyle.TextSize - 2);
            if (index > 0)
            {
                var border = (start + sites.Groups[index - 1].End) / 2;
                PanelStyle.Line(plot, (border, -far), (border, far), theme.Muted, 0.8f, DashedLine.Solid);
            }
        }
    }

    /// <summary>A line across all sites.</summary>
    public static void Line(Plot plot, SiteAxis sites, double value, Color color, float width, ImmutableArray<float> dashes) =>
        PanelStyle.Line(plot, (-Margin, value), (sites.End + Margin, value), color, width, dashes);

    /// <summary>Units of the axis a unit of the sheet: by it shifts and markers keep their size whatever the number of layers.</summary>
    public static double Unit(LabelledPanel panel, SiteAxis sites) => (sites.End + (2 * Margin)) / panel.DataWidth;

    /// <summary>How far a condition stands beside the site, in units of the axis.</summary>
    /// <param name="style">The condition.</param>
    /// <param name="unit"><see cref="Unit"/>.</param>
    public static double Shift(ConditionStyle style, double unit) => style.Shift * Math.Min(22 * unit, 0.55);

    /// <summary>How large markers are: smaller where sites lie close together.</summary>
    /// <param name="unit"><see cref="Unit"/>.</param>
    public static float MarkerSize(double unit) => (float)Math.Clamp(0.3 / unit, 3.5, 9.5);
}
