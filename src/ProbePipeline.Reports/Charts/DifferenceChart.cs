using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Differences between conditions with their intervals: the answers first, then site by site.</summary>
internal static class DifferenceChart
{
    private const int Width = 900;
    private const float Left = 210;
    private const float Bottom = 62;
    private const int LegendColumns = 2;

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        var styles = ConditionStyle.Of(results, theme).ToDictionary(style => style.Name);
        ImmutableArray<Comparison> all = [.. results.Comparisons.Where(comparison => styles.ContainsKey(comparison.Condition))];
        ImmutableArray<(string Condition, string Against)> pairs = [.. all.Select(comparison => (comparison.Condition, comparison.Against)).Distinct()];
        ImmutableArray<string?> rows = [.. all.Select(comparison => comparison.Site).Distinct().OrderBy(site => site is not null)];
        var legend = 46 + (24 * ((pairs.Length + LegendColumns - 1) / LegendColumns));
        var body = rows.Length * Math.Max(20, 7 + (8 * pairs.Length));
        var figure = new Figure(Width, (int)(legend + body + Bottom), theme);
        DrawLegend(figure, pairs, styles, legend);
        var plot = figure.Panel(0, legend, Width, body + Bottom, new PixelPadding(Left, 24, Bottom, 0));
        DrawFrame(plot, all, rows, theme);
        foreach (var comparison in all)
        {
            var style = styles[comparison.Condition];
            var y = -rows.IndexOf(comparison.Site) - (((pairs.IndexOf((comparison.Condition, comparison.Against)) + 0.5) / pairs.Length * 0.8) - 0.4);
            PanelStyle.Line(plot, (comparison.Low, y), (comparison.High, y), style.Color, 2.2f, DashedLine.Solid);
            PanelStyle.Marker(plot, style, comparison.Difference, y, 8, comparison.LeavesOutZero() ? null : theme.Paper);
        }

        return figure;
    }

    private static void DrawLegend(
        Figure figure, ImmutableArray<(string Condition, string Against)> pairs, Dictionary<string, ConditionStyle> styles, int height)
    {
        var plot = figure.Sheet(0, 0, Width, height);
        const string title = "Difference of test accuracies (filled: the interval leaves out 0)";
        PanelStyle.Text(plot, title, 16, -22, figure.Theme.Ink, Alignment.MiddleLeft, PanelStyle.TitleSize);
        for (var index = 0; index < pairs.Length; index++)
        {
            var (x, y) = (24 + ((Width - 40) / LegendColumns * (index % LegendColumns)), -54 - (24 * (index / LegendColumns)));
            PanelStyle.Marker(plot, styles[pairs[index].Condition], x, y, 9);
            var text = $"{LineLabels.Short(pairs[index].Condition)} less {LineLabels.Short(pairs[index].Against)}";
            PanelStyle.Text(plot, text, x + 14, y, figure.Theme.Ink, Alignment.MiddleLeft);
        }
    }

    private static void DrawFrame(Plot plot, ImmutableArray<Comparison> all, ImmutableArray<string?> rows, ChartTheme theme)
    {
        var (low, high) = (Math.Min(-0.05, all.Min(comparison => comparison.Low)), Math.Max(0.05, all.Max(comparison => comparison.High)));
        var margin = 0.04 * (high - low);
        (low, high) = (low - margin, high + margin);
        plot.Axes.SetLimits(low, high, 0.5 - rows.Length, 0.5);
        plot.Grid.YAxisStyle.IsVisible = false;
        AxisTicks.Set(plot.Axes.Left, rows.Select((row, index) => (-(double)index, row ?? "answers")));
        plot.Axes.Left.TickLabelStyle.FontSize = PanelStyle.TextSize - 2;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.Label.Text = "difference of accuracies, 95 % intervals";
        AxisTicks.Differences(plot.Axes.Bottom, low, high);
        for (var index = 0; index < rows.Length; index += 2)
        {
            PanelStyle.Fill(plot, (low, high), (-index - 0.5, -index + 0.5), theme.Shade);
        }

        PanelStyle.Line(plot, (0, 0.5), (0, 0.5 - rows.Length), theme.Ink, 1.2f, DashedLine.Solid);
    }
}
