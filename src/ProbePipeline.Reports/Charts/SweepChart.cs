using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>What a block does in a window of layers, window by window: the answers and the probe's accuracy with their intervals, sweep beneath sweep.</summary>
internal static class SweepChart
{
    private const float Width = 610;
    private const float LabelWidth = 210;
    private const int Height = 330;
    private const double Lowest = -0.025;
    private const double Highest = 1.1;
    private static readonly PixelPadding Padding = new(76, 0, 62, 46);

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        var figure = new Figure((int)(Width + LabelWidth), Height * results.Sweeps.Length, theme);
        foreach (var (index, sweep) in results.Sweeps.Index())
        {
            var lines = Lines(results, sweep, theme);
            var panel = new LabelledPanel(figure, (0, index * Height, Width, Height), Padding, (Lowest, Highest), LabelWidth);
            DrawLines(panel.Plot, results, sweep, lines, theme);
            panel.Name([.. Labels(results, sweep, lines)], 0.01, 1.03);
        }

        return figure;
    }

    private static void DrawLines(Plot plot, ExperimentResults results, LayerSweepResult sweep, ImmutableArray<SweepLine> lines, ChartTheme theme)
    {
        var count = sweep.Windows.Length;
        plot.Axes.SetLimitsX(-0.5, count - 0.5);
        plot.Axes.Title.Label.Text = sweep.Name;
        plot.Axes.Left.Label.Text = "accuracy on test rows";
        plot.Axes.Bottom.Label.Text = $"layers of the {sweep.Tower} tower in which the block holds";
        plot.Grid.XAxisStyle.IsVisible = false;
        AxisTicks.Shares(plot.Axes.Left);
        var step = Math.Max(1, (int)Math.Ceiling(count / 12.0));
        AxisTicks.Set(plot.Axes.Bottom, sweep.Windows.Index().Where(window => window.Index % step == 0).Select(window => ((double)window.Index, Name(window.Item))));
        PanelStyle.Line(plot, (-0.5, results.Baselines.Chance), (count - 0.5, results.Baselines.Chance), theme.Muted, 1.4f, DashedLine.Dotted);
        foreach (var line in lines)
        {
            PanelStyle.Line(plot, (-0.5, line.Against), (count - 0.5, line.Against), line.Style.Color, 1.2f, DashedLine.Dotted);
            Coordinates[] points = [.. line.Points.Select((point, index) => new Coordinates(index + line.Style.Shift, point.Value))];
            PanelStyle.Line(plot, points, line.Style.Color, line.Style.Width, line.Style.Dashes);
            foreach (var (point, place) in line.Points.Zip(points))
            {
                PanelStyle.Interval(plot, place.X, point.Low, point.High, line.Style.Color);
                PanelStyle.Marker(plot, line.Style, place.X, place.Y, 8);
            }
        }
    }

    private static string Name(LayerWindowResult window) => window.First == window.Last ? Shown.Count(window.First) : $"{Shown.Count(window.First)}–{Shown.Count(window.Last)}";

    private static ImmutableArray<SweepLine> Lines(ExperimentResults results, LayerSweepResult sweep, ChartTheme theme)
    {
        var lines = ImmutableArray.CreateBuilder<SweepLine>();
        if (sweep.Windows.All(window => window.Answer is not null) && results.Conditions.GetValueOrDefault(sweep.Against)?.Answer is { } answer)
        {
            lines.Add(new SweepLine(
                new ConditionStyle("answers", theme.Series[0], MarkerShape.FilledCircle, [], 2.6f, -0.06), answer.TestAccuracy,
                [.. sweep.Windows.Select(window => (window.Answer!.TestAccuracy, window.Answer.Low, window.Answer.High))]));
        }

        if (sweep.Windows.All(window => window.Probe is not null) && results.Conditions.GetValueOrDefault(sweep.Against)?.Probes.FirstOrDefault(probe => probe.Site == sweep.Site) is { } intact)
        {
            lines.Add(new SweepLine(
                new ConditionStyle("probe", theme.Series[1], MarkerShape.FilledSquare, [7, 4], 2.2f, 0.06), intact.TestAccuracy,
                [.. sweep.Windows.Select(window => (window.Probe!.TestAccuracy, window.Probe.Low, window.Probe.High))]));
        }

        return lines.ToImmutable();
    }

    private static IEnumerable<LineLabel> Labels(ExperimentResults results, LayerSweepResult sweep, ImmutableArray<SweepLine> lines)
    {
        foreach (var line in lines)
        {
            yield return new LineLabel(line.Points[^1].Value, line.Style.Name, line.Style);
            yield return new LineLabel(line.Against, $"{line.Style.Name} under {LineLabels.Short(sweep.Against)}", null);
        }

        yield return new LineLabel(results.Baselines.Chance, "chance", null);
    }

    /// <summary>A line of a panel.</summary>
    /// <param name="Style">How it looks.</param>
    /// <param name="Against">The value under the condition that the sweep is compared with.</param>
    /// <param name="Points">For every window the value with its interval.</param>
    private sealed record SweepLine(ConditionStyle Style, double Against, ImmutableArray<(double Value, double Low, double High)> Points);
}
