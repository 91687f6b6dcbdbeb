using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Test accuracy of the probes, site by site: a line with its interval for every condition, controls and baselines beneath.</summary>
internal static class ReadablePanel
{
    /// <summary>Draws the lines and names them; the scale of accuracies is the caller's.</summary>
    public static void Draw(LabelledPanel panel, ExperimentResults results, SiteAxis sites, ImmutableArray<ConditionStyle> styles)
    {
        var (plot, theme) = (panel.Plot, panel.Theme);
        plot.Axes.Title.Label.Text = "Can it be read? (linear probe)";
        plot.Axes.Bottom.Label.Text = sites.Label + "\nbands and bars: 95 % intervals, bootstrap over pictures";
        SitePanel.Draw(panel, sites, 1.062);
        foreach (var (_, value, dashes) in References(results.Baselines))
        {
            SitePanel.Line(plot, sites, value, theme.Muted, 1.4f, dashes);
        }

        var unit = SitePanel.Unit(panel, sites);
        foreach (var style in styles)
        {
            DrawBand(plot, Points(results, sites, style), style, SitePanel.Shift(style, unit));
        }

        UntrainedLine.Draw(plot, results, sites, theme);
        foreach (var style in styles)
        {
            DrawCondition(plot, Points(results, sites, style), style, theme, unit);
        }

        panel.Name([.. Labels(results, sites, styles)], 0.01, 1.03);
    }

    /// <summary>Chance, and what the region's pixels alone allow.</summary>
    private static IEnumerable<(string Name, double Value, ImmutableArray<float> Dashes)> References(Baselines baselines)
    {
        yield return ("chance", baselines.Chance, DashedLine.Dotted);
        if (baselines.Pixels is { } pixels)
        {
            yield return ("region's pixels", pixels.TestAccuracy, DashedLine.Dashed);
        }
    }

    /// <summary>The names of the lines, at the last site.</summary>
    private static IEnumerable<LineLabel> Labels(ExperimentResults results, SiteAxis sites, ImmutableArray<ConditionStyle> styles)
    {
        (ConditionStyle Style, ProbeResult Last)[] ends =
        [
            .. from style in styles
               let points = Points(results, sites, style)
               where points.Length > 0
               select (style, points[^1].Probe),
        ];
        foreach (var (style, last) in ends)
        {
            yield return new LineLabel(last.TestAccuracy, LineLabels.Short(style.Name), style);
        }

        foreach (var label in UntrainedLine.Label(results, sites))
        {
            yield return label;
        }

        foreach (var (name, value, _) in References(results.Baselines))
        {
            yield return new LineLabel(value, $"{name} {Shown.Short(value)}", null);
        }

        double[] controls = [.. ends.Select(end => end.Last.ControlAccuracy).OfType<double>()];
        if (controls.Length > 0)
        {
            yield return new LineLabel(controls.Average(), "control task (dots)", null);
        }
    }

    private static (double X, ProbeResult Probe)[] Points(ExperimentResults results, SiteAxis sites, ConditionStyle style) => sites.Along(results.Conditions[style.Name].Probes, probe => probe.Site);

    private static void DrawBand(Plot plot, (double X, ProbeResult Probe)[] points, ConditionStyle style, double shift)
    {
        if (points.Length > 1)
        {
            PanelStyle.Band(plot, points.Select(point => (point.X + shift, point.Probe.Low, point.Probe.High)), style.Color);
        }
    }

    private static void DrawCondition(Plot plot, (double X, ProbeResult Probe)[] points, ConditionStyle style, ChartTheme theme, double unit)
    {
        var shift = SitePanel.Shift(style, unit);
        Coordinates[] controls = [.. points.Where(point => point.Probe.ControlAccuracy is not null)
            .Select(point => new Coordinates(point.X + shift, point.Probe.ControlAccuracy!.Value))];
        if (controls is [var only])
        {
            PanelStyle.Line(plot, (only.X - 0.2, only.Y), (only.X + 0.2, only.Y), style.Color, 1.5f, DashedLine.Dotted);
        }
        else if (controls.Length > 1)
        {
            PanelStyle.Line(plot, controls, style.Color, 1.5f, DashedLine.Dotted);
        }

        Coordinates[] path = [.. points.Select(point => new Coordinates(point.X + shift, point.Probe.TestAccuracy))];
        PanelStyle.Line(plot, path, style.Color, style.Width, style.Dashes);
        var size = SitePanel.MarkerSize(unit);
        foreach (var (x, probe) in points)
        {
            if (points.Length == 1)
            {
                PanelStyle.Interval(plot, x + shift, probe.Low, probe.High, style.Color);
            }

            PanelStyle.Marker(plot, style, x + shift, probe.TestAccuracy, size, probe.OnPath ? null : theme.Paper);
        }
    }
}
