using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Site by site: what the first condition's probe loses on other conditions' states against their own probes, and how alike the states are.</summary>
internal static class TransferChart
{
    private const float PanelWidth = 610;
    private const int Height = 400;
    private static readonly PixelPadding Padding = new(84, 0, 62, 46);

    public static bool HasData(ExperimentResults results) => results.CrossCondition is { } cross && cross.Transfers.Any(transfer => transfer.Trained != transfer.Tested);

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        var cross = results.CrossCondition!;
        var sites = new SiteAxis(results);
        ImmutableArray<ConditionStyle> styles = [.. ConditionStyle.Of(results, theme).Skip(1)];
        var first = results.Conditions.GetAt(0).Key;
        var figure = new Figure((int)(PanelWidth + LabelledPanel.LabelWidth), cross.Similarities.IsEmpty ? Height : 2 * Height, theme);
        DrawLosses(figure, sites, first, [.. styles.Select(style => (style, sites.Along(
            cross.Transfers.Where(transfer => transfer.Trained == first && transfer.Tested == style.Name), transfer => transfer.Site)))]);
        if (!cross.Similarities.IsEmpty)
        {
            DrawSimilarities(figure, sites, first, [.. styles.Select(style => (style, sites.Along(
                cross.Similarities.Where(one => one.Condition == style.Name && one.Cka is not null), one => one.Site)))]);
        }

        return figure;
    }

    private static void DrawLosses(Figure figure, SiteAxis sites, string first, ImmutableArray<(ConditionStyle Style, (double X, Transfer Transfer)[] Points)> lines)
    {
        var all = lines.SelectMany(line => line.Points.Select(point => point.Transfer)).ToArray();
        var (lowest, highest) = (Math.Min(-0.2, all.Min(transfer => transfer.DifferenceLow) - 0.03), Math.Max(0.1, all.Max(transfer => transfer.DifferenceHigh) + 0.03));
        var panel = Panel(figure, 0, sites, $"Is the code the same? ({LineLabels.Short(first)}'s probe less the condition's own)", (lowest, highest));
        panel.Plot.Axes.Left.Label.Text = "difference of accuracies";
        AxisTicks.Differences(panel.Plot.Axes.Left, lowest, highest);
        SitePanel.Line(panel.Plot, sites, 0, figure.Theme.Ink, 1.2f, DashedLine.Solid);
        foreach (var (style, points) in lines)
        {
            Band(panel.Plot, points, style);
        }

        DrawLines(panel, sites, [.. lines.Select(line => (line.Style, Coordinates(line.Points, transfer => transfer.Difference)))], lowest, highest);
    }

    private static void DrawSimilarities(Figure figure, SiteAxis sites, string first, ImmutableArray<(ConditionStyle Style, (double X, ConditionSimilarity Similarity)[] Points)> lines)
    {
        const double lowest = -0.025;
        const double highest = 1.03;
        var panel = Panel(figure, Height, sites, $"Are the states alike? (linear CKA with {LineLabels.Short(first)})", (lowest, highest));
        panel.Plot.Axes.Left.Label.Text = "CKA";
        AxisTicks.Shares(panel.Plot.Axes.Left);
        DrawLines(panel, sites, [.. lines.Select(line => (line.Style, Coordinates(line.Points, similarity => similarity.Cka!.Value)))], lowest, highest);
    }

    // With room above the scale for the towers' names.
    private static LabelledPanel Panel(Figure figure, float top, SiteAxis sites, string title, (double Low, double High) scale)
    {
        var room = 0.07 * (scale.High - scale.Low);
        var panel = new LabelledPanel(figure, (0, top, PanelWidth, Height), Padding, (scale.Low, scale.High + room));
        panel.Plot.Axes.Title.Label.Text = title;
        panel.Plot.Axes.Title.Label.FontSize = PanelStyle.TextSize;
        panel.Plot.Axes.Bottom.Label.Text = sites.Label;
        SitePanel.Draw(panel, sites, scale.High + (0.5 * room));
        return panel;
    }

    private static Coordinates[] Coordinates<TItem>((double X, TItem Item)[] points, Func<TItem, double> value) => [.. points.Select(point => new Coordinates(point.X, value(point.Item)))];

    private static void Band(Plot plot, (double X, Transfer Transfer)[] points, ConditionStyle style)
    {
        if (points.Length > 1)
        {
            PanelStyle.Band(plot, points.Select(point => (point.X, point.Transfer.DifferenceLow, point.Transfer.DifferenceHigh)), style.Color);
        }
        else if (points is [var only])
        {
            PanelStyle.Interval(plot, only.X, only.Transfer.DifferenceLow, only.Transfer.DifferenceHigh, style.Color);
        }
    }

    private static void DrawLines(LabelledPanel panel, SiteAxis sites, ImmutableArray<(ConditionStyle Style, Coordinates[] Points)> lines, double low, double high)
    {
        var size = SitePanel.MarkerSize(SitePanel.Unit(panel, sites));
        foreach (var (style, points) in lines)
        {
            PanelStyle.Line(panel.Plot, points, style.Color, style.Width, style.Dashes);
            foreach (var point in points)
            {
                var isOnPath = sites.Sites.First(site => sites[site.Site] == point.X).OnPath;
                PanelStyle.Marker(panel.Plot, style, point.X, point.Y, size, isOnPath ? null : panel.Theme.Paper);
            }
        }

        panel.Name([.. lines.Where(line => line.Points.Length > 0).Select(line => new LineLabel(line.Points[^1].Y, LineLabels.Short(line.Style.Name), line.Style))], low, high);
    }
}
