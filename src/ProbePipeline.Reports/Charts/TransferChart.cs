using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Site by site: what the first condition's probe loses on other conditions' states against their own probes, and how alike the states are.</summary>
internal static class TransferChart
{
    private const float Top = 46;
    private const float Bottom = 62;
    private const float Left = 84;
    private const float PanelWidth = 610;
    private const float LabelWidth = 180;
    private const int Height = 400;

    public static bool HasData(ExperimentResults results) => results.CrossCondition is { } cross && cross.Transfers.Any(transfer => transfer.Trained != transfer.Tested);

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        var cross = results.CrossCondition!;
        var sites = new SiteAxis(results);
        ImmutableArray<ConditionStyle> styles = [.. ConditionStyle.Of(results, theme).Skip(1)];
        var first = results.Conditions.GetAt(0).Key;
        var figure = new Figure((int)(PanelWidth + LabelWidth), cross.Similarities.IsEmpty ? Height : 2 * Height, theme);
        var losses = styles.ToDictionary(style => style.Name, style => Points(
            sites, cross.Transfers.Where(transfer => transfer.Trained == first && transfer.Tested == style.Name), transfer => transfer.Site, transfer => transfer));
        var lowest = Math.Min(-0.2, losses.Values.SelectMany(points => points).Min(point => point.Value.DifferenceLow) - 0.03);
        var highest = Math.Max(0.1, losses.Values.SelectMany(points => points).Max(point => point.Value.DifferenceHigh) + 0.03);
        Panel(figure, 0, sites, $"Is the code the same? ({LineLabels.Short(first)}'s probe less the condition's own)", "difference of accuracies", (lowest, highest), plot =>
        {
            AxisTicks.Differences(plot.Axes.Left, lowest, highest);
            SitePanel.Line(plot, sites, 0, theme.Ink, 1.2f, DashedLine.Solid);
            foreach (var style in styles)
            {
                Band(plot, losses[style.Name], style);
            }

            styles.ToList().ForEach(style => Line(plot, sites, style, [.. losses[style.Name].Select(point => new Coordinates(point.X, point.Value.Difference))]));
        }, [.. styles.Where(style => losses[style.Name].Length > 0).Select(style => new LineLabel(losses[style.Name][^1].Value.Difference, LineLabels.Short(style.Name), style))]);
        if (!cross.Similarities.IsEmpty)
        {
            var alike = styles.ToDictionary(style => style.Name, style => Points(
                sites, cross.Similarities.Where(one => one.Condition == style.Name && one.Cka is not null), one => one.Site, one => one.Cka!.Value));
            Panel(figure, Height, sites, $"Are the states alike? (linear CKA with {LineLabels.Short(first)})", "CKA", (-0.025, 1.03), plot =>
            {
                AxisTicks.Shares(plot.Axes.Left);
                styles.ToList().ForEach(style => Line(plot, sites, style, [.. alike[style.Name].Select(point => new Coordinates(point.X, point.Value))]));
            }, [.. styles.Where(style => alike[style.Name].Length > 0).Select(style => new LineLabel(alike[style.Name][^1].Value, LineLabels.Short(style.Name), style))]);
        }

        return figure;
    }

    private static (double X, TValue Value)[] Points<TItem, TValue>(SiteAxis sites, IEnumerable<TItem> items, Func<TItem, string> site, Func<TItem, TValue> value) =>
        [.. items.Where(item => sites.Has(site(item))).Select(item => (sites[site(item)], value(item))).OrderBy(point => point.Item1)];

    // A panel with room above its scale for the towers' names, and the names of its lines beside it.
    private static void Panel(
        Figure figure, float top, SiteAxis sites, string title, string scale, (double Low, double High) range, Action<Plot> draw, ImmutableArray<LineLabel> lines)
    {
        var room = 0.07 * (range.High - range.Low);
        var plot = figure.Panel(0, top, PanelWidth, Height, new PixelPadding(Left, 0, Bottom, Top));
        plot.Axes.SetLimitsY(range.Low, range.High + room);
        plot.Axes.Title.Label.Text = title;
        plot.Axes.Title.Label.FontSize = PanelStyle.TextSize;
        plot.Axes.Bottom.Label.Text = sites.Label;
        plot.Axes.Left.Label.Text = scale;
        SitePanel.Draw(plot, sites, figure.Theme, PanelWidth - Left, range.High + (0.5 * room));
        draw(plot);
        var labels = figure.Panel(PanelWidth, top, LabelWidth, Height, new PixelPadding(0, 0, Bottom, Top));
        LineLabels.Draw(labels, lines, figure.Theme, (range.High + room - range.Low) / (Height - Top - Bottom), range.Low, range.High);
        labels.Axes.SetLimitsY(range.Low, range.High + room);
    }

    private static void Band(Plot plot, (double X, Transfer Value)[] points, ConditionStyle style)
    {
        if (points.Length > 1)
        {
            PanelStyle.Band(plot, points.Select(point => (point.X, point.Value.DifferenceLow, point.Value.DifferenceHigh)), style.Color);
        }
        else if (points is [var only])
        {
            PanelStyle.Interval(plot, only.X, only.Value.DifferenceLow, only.Value.DifferenceHigh, style.Color);
        }
    }

    private static void Line(Plot plot, SiteAxis sites, ConditionStyle style, Coordinates[] points)
    {
        PanelStyle.Line(plot, points, style.Color, style.Width, style.Dashes);
        var unit = SitePanel.Unit(sites, PanelWidth - Left);
        foreach (var point in points)
        {
            var isOnPath = sites.Sites.First(site => sites[site.Site] == point.X).OnPath;
            PanelStyle.Marker(plot, style, point.X, point.Y, (float)Math.Clamp(0.3 / unit, 3.5, 9.5), isOnPath ? null : plot.FigureBackground.Color);
        }
    }
}
