using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>The chart that a report opens with: what a probe reads at every layer, and on the same scale what the model answers.</summary>
internal static class DecodabilityChart
{
    private const int Height = 520;
    private const float Top = 46;
    private const float Bottom = 92;
    private const float ReadWidth = 610;

    // Room above 1 for the names of the towers, and below 0 for half a marker.
    private const double Lowest = -0.025;
    private const double Highest = 1.1;

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        var styles = ConditionStyle.Of(results, theme);
        var sites = new SiteAxis(results);
        ImmutableArray<ConditionStyle> answered = [.. styles.Where(style => results.Conditions[style.Name].Answer is not null)];
        var read = sites.Sites.IsEmpty ? 0 : ReadWidth + LabelledPanel.LabelWidth;
        var used = answered.IsEmpty ? 0 : UsedWidth(answered.Length, alone: read == 0);
        var figure = new Figure((int)(read + used), Height, theme);
        if (read > 0)
        {
            var panel = new LabelledPanel(figure, (0, 0, ReadWidth, Height), new PixelPadding(76, 0, Bottom, Top), (Lowest, Highest));
            ReadablePanel.Draw(panel, results, sites, styles);
            Scale(panel.Plot, "accuracy on test rows");
        }

        if (used > 0)
        {
            var panel = figure.Panel(read, 0, used, Height, new PixelPadding(read > 0 ? 40 : 76, 14, Bottom, Top));
            panel.Axes.SetLimitsY(Lowest, Highest);
            UsedPanel.Draw(panel, results, answered, theme);
            Scale(panel, read > 0 ? "" : "accuracy on test rows");
        }

        return figure;
    }

    private static float UsedWidth(int conditions, bool alone) => (alone ? 100 : 60) + Math.Max(206, 46 * conditions);

    private static void Scale(Plot plot, string name)
    {
        plot.Axes.Left.Label.Text = name;
        AxisTicks.Shares(plot.Axes.Left);
    }
}
