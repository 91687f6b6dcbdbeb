using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Test accuracy of the model's own answers, condition by condition.</summary>
internal static class UsedPanel
{
    /// <summary>Draws the panel; the scale of accuracies is the caller's.</summary>
    public static void Draw(Plot plot, ExperimentResults results, ImmutableArray<ConditionStyle> answered, ChartTheme theme)
    {
        plot.Axes.SetLimitsX(-0.6, answered.Length - 0.4);
        plot.Axes.Title.Label.Text = "Does the model say it?";
        plot.Grid.XAxisStyle.IsVisible = false;
        AxisTicks.Set(plot.Axes.Bottom, answered.Select((style, index) => ((double)index, LineLabels.Short(style.Name))));
        plot.Axes.Bottom.TickLabelStyle.Rotation = -38;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.UpperRight;
        plot.Axes.Bottom.TickLabelStyle.FontSize = PanelStyle.TextSize - 2;
        for (var index = 0; index < answered.Length; index++)
        {
            var style = answered[index];
            var answer = results.Conditions[style.Name].Answer!;
            var bar = plot.Add.Rectangle(index - 0.3, index + 0.3, 0, answer.TestAccuracy);
            bar.FillColor = ChartTheme.Mix(theme.Paper, style.Color, 0.28);
            bar.LineColor = style.Color;
            bar.LineWidth = 1.4f;
            PanelStyle.Marker(plot, style, index, answer.TestAccuracy, 8);
            PanelStyle.Interval(plot, index, answer.Low, answer.High, theme.Ink);
            PanelStyle.Text(plot, Shown.Short(answer.TestAccuracy), index, answer.High + 0.012, theme.Ink, Alignment.LowerCenter);
        }

        if (results.BlindAnswer is { } blind)
        {
            PanelStyle.Line(plot, (-0.6, blind.TestAccuracy), (answered.Length - 0.4, blind.TestAccuracy), theme.Ink, 1.6f, DashedLine.Dashed);
            PanelStyle.Text(plot, "without the picture", answered.Length - 0.42, blind.TestAccuracy + 0.01, theme.Ink, Alignment.LowerRight, PanelStyle.TextSize - 3);
        }

        var chance = results.Baselines.Chance;
        PanelStyle.Line(plot, (-0.6, chance), (answered.Length - 0.4, chance), theme.Muted, 1.4f, DashedLine.Dotted);
    }
}
