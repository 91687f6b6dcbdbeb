using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Site by site what a linear probe can use, in bits, and how short the labels can be told by one that learns meanwhile.</summary>
internal static class InformationChart
{
    private const int Height = 460;
    private const float PanelWidth = 470;
    private static readonly PixelPadding Padding = new(70, 0, 74, 46);

    public static bool HasData(ExperimentResults results) => results.Probes().Any(probe => probe.Information is not null);

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        var hasCode = results.Probes().Any(probe => probe.CodeLength is not null);
        PanelContent[] contents = hasCode ? [Usable(results), Compression(results)] : [Usable(results)];
        var figure = new Figure((int)(contents.Length * (PanelWidth + LabelledPanel.LabelWidth)), Height, theme);
        foreach (var (index, content) in contents.Index())
        {
            DrawPanel(figure, index * (PanelWidth + LabelledPanel.LabelWidth), results, content);
        }

        return figure;
    }

    private static PanelContent Usable(ExperimentResults results)
    {
        var entropy = Values(results, probe => probe.Information?.LabelEntropy).DefaultIfEmpty(1).Max();
        var lowest = Math.Min(0, Values(results, probe => probe.Information?.Low ?? probe.Information?.Bits).DefaultIfEmpty(0).Min());
        return new PanelContent
        {
            Title = "Usable information (bits a row)",
            Value = probe => probe.Information?.Bits,
            Interval = probe => probe.Information is { Low: { } low, High: { } high } ? (low, high) : null,
            Reference = (entropy, $"all there is {Shown.Short(entropy)}"),
            Range = (Math.Max(lowest, -entropy), entropy),
        };
    }

    private static PanelContent Compression(ExperimentResults results)
    {
        double[] compressions = [.. Values(results, probe => probe.CodeLength?.Compression), .. Values(results, probe => probe.CodeLength?.ControlCompression)];
        return new PanelContent
        {
            Title = "Compression by an online code",
            Value = probe => probe.CodeLength?.Compression,
            Control = probe => probe.CodeLength?.ControlCompression,
            Reference = (1, "uniform code 1"),
            Range = (Math.Min(compressions.Min(), 1), Math.Max(compressions.Max(), 1)),
        };
    }

    private static IEnumerable<double> Values(ExperimentResults results, Func<ProbeResult, double?> value) =>
        results.Probes().Select(value).OfType<double>().Where(double.IsFinite);

    private static void DrawPanel(Figure figure, float left, ExperimentResults results, PanelContent content)
    {
        var (low, high) = content.Range;
        var room = (high - low) * 0.12;
        var panel = new LabelledPanel(figure, (left, 0, PanelWidth, Height), Padding, (low - (room / 2), high + room));
        var sites = new SiteAxis(results);
        DrawFrame(panel, sites, content, high + (0.62 * room));
        (ConditionStyle Style, (double X, ProbeResult Probe)[] Points)[] lines =
        [
            .. from style in ConditionStyle.Of(results, figure.Theme)
               let points = sites.Along(results.Conditions[style.Name].Probes.Where(probe => content.Value(probe) is { } value && double.IsFinite(value)), probe => probe.Site)
               where points.Length > 0
               select (style, points),
        ];
        foreach (var (style, points) in lines)
        {
            DrawCondition(panel, points, style, content, SitePanel.Unit(panel, sites));
        }

        double[] controls = [.. lines.Select(line => content.Control(line.Points[^1].Probe)).OfType<double>()];
        panel.Name(
            [
                .. lines.Select(line => new LineLabel(content.Value(line.Points[^1].Probe)!.Value, LineLabels.Short(line.Style.Name), line.Style)),
                new LineLabel(content.Reference.Value, content.Reference.Name, null),
                .. controls.Length > 0 ? [new LineLabel(controls.Average(), "control task (dots)", null)] : Array.Empty<LineLabel>(),
            ],
            low,
            high);
    }

    private static void DrawFrame(LabelledPanel panel, SiteAxis sites, PanelContent content, double names)
    {
        var (plot, (low, high)) = (panel.Plot, content.Range);
        plot.Axes.Title.Label.Text = content.Title;
        plot.Axes.Title.Label.FontSize = PanelStyle.TextSize;
        plot.Axes.Bottom.Label.Text = "layer";
        var step = Step(high - low);
        AxisTicks.Set(plot.Axes.Left, Enumerable.Range((int)Math.Ceiling(low / step), (int)((high - low) / step) + 1).Select(tick => (tick * step, Shown.Tick(tick * step))));
        SitePanel.Draw(panel, sites, names);
        SitePanel.Line(plot, sites, content.Reference.Value, panel.Theme.Muted, 1.4f, DashedLine.Dotted);
        if (low < 0 && content.Reference.Value != 0)
        {
            SitePanel.Line(plot, sites, 0, panel.Theme.Muted, 0.8f, DashedLine.Solid);
        }
    }

    private static void DrawCondition(LabelledPanel panel, (double X, ProbeResult Probe)[] points, ConditionStyle style, PanelContent content, double unit)
    {
        var (plot, shift) = (panel.Plot, SitePanel.Shift(style, unit));
        Coordinates[] controls = [.. points.Where(point => content.Control(point.Probe) is not null).Select(point => new Coordinates(point.X + shift, content.Control(point.Probe)!.Value))];
        if (controls.Length > 0)
        {
            PanelStyle.Line(plot, controls, style.Color, 1.5f, DashedLine.Dotted);
        }

        Coordinates[] path = [.. points.Select(point => new Coordinates(point.X + shift, content.Value(point.Probe)!.Value))];
        PanelStyle.Line(plot, path, style.Color, style.Width, style.Dashes);
        foreach (var ((_, probe), place) in points.Zip(path))
        {
            if (content.Interval(probe) is { } interval)
            {
                PanelStyle.Line(plot, (place.X, interval.Low), (place.X, interval.High), style.Color, 1.5f, DashedLine.Solid);
            }

            PanelStyle.Marker(plot, style, place.X, place.Y, SitePanel.MarkerSize(unit), probe.OnPath ? null : panel.Theme.Paper);
        }
    }

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
    private sealed record PanelContent
    {
        public required string Title { get; init; }

        /// <summary>Lowest and highest value.</summary>
        public required (double Low, double High) Range { get; init; }

        /// <summary>A value to compare all with, and what it is.</summary>
        public required (double Value, string Name) Reference { get; init; }

        /// <summary>What the line shows; null or infinite: the line has no point there.</summary>
        public required Func<ProbeResult, double?> Value { get; init; }

        /// <summary>Its interval, where there is one.</summary>
        public Func<ProbeResult, (double Low, double High)?> Interval { get; init; } = _ => null;

        /// <summary>What the dotted line shows, where there is one.</summary>
        public Func<ProbeResult, double?> Control { get; init; } = _ => null;
    }
}
