using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>The ground of a panel over sites: towers and projector told apart, each with its name.</summary>
internal static class SiteGround
{
    // Beyond every scale of shares.
    private const double BeyondShares = 3;

    /// <param name="plot">The panel.</param>
    /// <param name="sites">Its horizontal axis.</param>
    /// <param name="theme">Its colours.</param>
    /// <param name="names">Where on the vertical axis the names stand.</param>
    public static void Draw(Plot plot, SiteAxis sites, ChartTheme theme, double names)
    {
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
}
