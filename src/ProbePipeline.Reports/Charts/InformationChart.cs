using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Site by site what a linear probe can use, in bits, and how short the labels can be told by one that learns meanwhile.</summary>
internal static class InformationChart
{
    private const int Height = 460;
    private const float Top = 46;
    private const float Bottom = 74;
    private const float PanelWidth = 470;
    private const float LabelWidth = 180;
    private const float Left = 70;

    public static bool HasData(ExperimentResults results) => results.Probes().Any(probe => probe.Information is not null);

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        var styles = ConditionStyle.Of(results, theme);
        var sites = new SiteAxis(results);
        var hasCode = results.Probes().Any(probe => probe.CodeLength is not null);
        var figure = new Figure((int)((hasCode ? 2 : 1) * (PanelWidth + LabelWidth)), Height, theme);
        var entropy = Values(results, probe => probe.Information?.LabelEntropy).DefaultIfEmpty(1).Max();
        var lowest = Math.Min(0, Values(results, probe => probe.Information?.Low ?? probe.Information?.Bits).DefaultIfEmpty(0).Min());
        Panel(
            figure, 0, new PanelContent("Usable information (bits a row)", probe => probe.Information?.Bits, probe => probe.Information is { Low: { } low, High: { } high } ? (low, high) : null, _ => null, (entropy, $"all there is {Shown.Short(entropy)}")),
            results, sites, styles, theme, Math.Max(lowest, -entropy), entropy);
        if (hasCode)
        {
            double[] compressions = [.. Values(results, probe => probe.CodeLength?.Compression), .. Values(results, probe => probe.CodeLength?.ControlCompression)];
            Panel(
                figure, PanelWidth + LabelWidth, new PanelContent("Compression by an online code", probe => probe.CodeLength?.Compression, _ => null, probe => probe.CodeLength?.ControlCompression, (1, "uniform code 1")),
                results, sites, styles, theme, Math.Min(compressions.Min(), 1), Math.Max(compressions.Max(), 1));
        }

        return figure;
    }

    private static void Panel(
        Figure figure, float place, PanelContent content, ExperimentResults results, SiteAxis sites, ImmutableArray<ConditionStyle> styles, ChartTheme theme, double low, double high)
    {
        var plot = figure.Panel(place, 0, PanelWidth, Height, new PixelPadding(Left, 0, Bottom, Top));
        var labels = figure.Panel(place + PanelWidth, 0, LabelWidth, Height, new PixelPadding(0, 0, Bottom, Top));
        var room = (high - low) * 0.12;
        foreach (var panel in (Plot[])[plot, labels])
        {
            panel.Axes.SetLimitsY(low - (room / 2), high + room);
        }

        plot.Axes.Title.Label.Text = content.Title;
        plot.Axes.Title.Label.FontSize = PanelStyle.TextSize;
        plot.Axes.Bottom.Label.Text = "layer";
        var step = Step(high - low);
        AxisTicks.Set(plot.Axes.Left, Enumerable.Range((int)Math.Ceiling(low / step), (int)((high - low) / step) + 1).Select(tick => (tick * step, Shown.Tick(tick * step))));
        SitePanel.Draw(plot, sites, theme, PanelWidth - Left, high + (0.62 * room));
        SitePanel.Line(plot, sites, content.Reference.Value, theme.Muted, 1.4f, DashedLine.Dotted);
        if (low < 0 && content.Reference.Value != 0)
        {
            SitePanel.Line(plot, sites, 0, theme.Muted, 0.8f, DashedLine.Solid);
        }

        var unit = SitePanel.Unit(sites, PanelWidth - Left);
        var ends = ImmutableArray.CreateBuilder<LineLabel>();
        double[] controls = [];
        foreach (var style in styles)
        {
            var shift = SitePanel.Shift(style, unit);
            (double X, ProbeResult Probe, double Value)[] points =
            [
                .. from probe in results.Conditions[style.Name].Probes
                   where sites.Has(probe.Site) && content.Value(probe) is { } value && double.IsFinite(value)
                   orderby sites[probe.Site]
                   select (sites[probe.Site] + shift, probe, content.Value(probe)!.Value),
            ];
            if (points.Length == 0)
            {
                continue;
            }

            Coordinates[] dotted = [.. points.Where(point => content.Dotted(point.Probe) is not null).Select(point => new Coordinates(point.X, content.Dotted(point.Probe)!.Value))];
            if (dotted.Length > 0)
            {
                PanelStyle.Line(plot, dotted, style.Color, 1.5f, DashedLine.Dotted);
            }

            PanelStyle.Line(plot, [.. points.Select(point => new Coordinates(point.X, point.Value))], style.Color, style.Width, style.Dashes);
            foreach (var (x, probe, value) in points)
            {
                if (content.Interval(probe) is { } interval)
                {
                    PanelStyle.Line(plot, (x, interval.Low), (x, interval.High), style.Color, 1.5f, DashedLine.Solid);
                }

                PanelStyle.Marker(plot, style, x, value, (float)Math.Clamp(0.3 / unit, 3.5, 9), probe.OnPath ? null : theme.Paper);
            }

            ends.Add(new LineLabel(points[^1].Value, LineLabels.Short(style.Name), style));
            controls = content.Dotted(points[^1].Probe) is { } control ? [.. controls, control] : controls;
        }

        ends.Add(new LineLabel(content.Reference.Value, content.Reference.Name, null));
        if (controls.Length > 0)
        {
            ends.Add(new LineLabel(controls.Average(), "control task (dots)", null));
        }

        LineLabels.Draw(labels, ends, theme, (high - low + (1.5 * room)) / (Height - Top - Bottom), low, high);
    }

    private static IEnumerable<double> Values(ExperimentResults results, Func<ProbeResult, double?> value) =>
        results.Probes().Select(value).OfType<double>().Where(double.IsFinite);

    // 1, 2 or 5 times a power of ten, so that there are five to ten of them.
    private static double Step(double range)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(range / 5)));
        return (range / 5 / power) switch
        {
            >= 5 => 5,
            >= 2 => 2,
            _ => 1,
        } * power;
    }

    /// <summary>What a panel draws of every probe.</summary>
    private sealed record PanelContent(
        string Title, Func<ProbeResult, double?> Value, Func<ProbeResult, (double Low, double High)?> Interval, Func<ProbeResult, double?> Dotted, (double Value, string Name) Reference);
}
