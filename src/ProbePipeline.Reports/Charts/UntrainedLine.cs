using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>What probes find in the states of an untrained network, as a line among those of the conditions.</summary>
internal static class UntrainedLine
{
    /// <summary>Draws the line, without markers: it is no condition of the model's.</summary>
    public static void Draw(Plot plot, ExperimentResults results, SiteAxis sites, ChartTheme theme)
    {
        var points = Points(results, sites);
        if (points is [var only])
        {
            PanelStyle.Line(plot, (only.X - 0.3, only.Y), (only.X + 0.3, only.Y), theme.Muted, 2, DashedLine.Solid);
        }
        else if (points.Length > 1)
        {
            PanelStyle.Line(plot, points, theme.Muted, 2, DashedLine.Solid);
        }
    }

    /// <summary>Its name at the last site; none where there is no such line.</summary>
    public static IEnumerable<LineLabel> Label(ExperimentResults results, SiteAxis sites) =>
        Points(results, sites) is [.., var last] ? [new LineLabel(last.Y, $"untrained {Shown.Short(last.Y)}", null)] : [];

    private static Coordinates[] Points(ExperimentResults results, SiteAxis sites) =>
        [.. sites.Along(results.Baselines.RandomModel?.Probes ?? [], probe => probe.Site).Select(point => new Coordinates(point.X, point.Item.TestAccuracy))];
}
