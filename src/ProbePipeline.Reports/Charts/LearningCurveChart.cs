using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Test accuracy by number of training pictures, at the site that is best under each condition.</summary>
internal static class LearningCurveChart
{
    private const int Height = 420;
    private const float PanelWidth = 560;
    private static readonly PixelPadding Padding = new(76, 0, 62, 46);

    public static bool HasData(ExperimentResults results) => results.Conditions.Values.Any(condition => condition.BestProbe is { LearningCurve.IsEmpty: false });

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        ImmutableArray<ConditionStyle> styles = [.. ConditionStyle.Of(results, theme).Where(style => results.Conditions[style.Name].BestProbe is { LearningCurve.IsEmpty: false })];
        var figure = new Figure((int)(PanelWidth + LabelledPanel.LabelWidth), Height, theme);
        var panel = new LabelledPanel(figure, (0, 0, PanelWidth, Height), Padding, (-0.03, 1.05));
        var plot = panel.Plot;
        var sizes = styles.SelectMany(style => Curve(results, style).Select(point => point.Images)).Distinct().Order().ToArray();
        var margin = Math.Max(0.5, 0.06 * (sizes[^1] - sizes[0]));
        plot.Axes.SetLimitsX(sizes[0] - margin, sizes[^1] + margin);
        plot.Axes.Title.Label.Text = "Accuracy by training size";
        plot.Axes.Bottom.Label.Text = "training pictures";
        plot.Axes.Left.Label.Text = "accuracy on test rows";
        plot.Grid.XAxisStyle.IsVisible = false;
        AxisTicks.Shares(plot.Axes.Left);
        AxisTicks.Set(plot.Axes.Bottom, Apart(sizes, (sizes[^1] - sizes[0]) / 12).Select(size => (size, Shown.Count((long)Math.Round(size)))));
        PanelStyle.Line(plot, (sizes[0] - margin, results.Baselines.Chance), (sizes[^1] + margin, results.Baselines.Chance), theme.Muted, 1.4f, DashedLine.Dotted);
        foreach (var style in styles)
        {
            // Equal values lie side by side, as far apart as elsewhere.
            var shift = style.Shift * 22 * (sizes[^1] - sizes[0] + (2 * margin)) / panel.DataWidth;
            var curve = Curve(results, style);
            foreach (var point in curve)
            {
                PanelStyle.Line(plot, (point.Images + shift, point.Low), (point.Images + shift, point.High), style.Color, 1.5f, DashedLine.Solid);
            }

            PanelStyle.Line(plot, [.. curve.Select(point => new Coordinates(point.Images + shift, point.TestAccuracy))], style.Color, style.Width, style.Dashes);
            foreach (var point in curve)
            {
                PanelStyle.Marker(plot, style, point.Images + shift, point.TestAccuracy, 9);
            }
        }

        panel.Name(
            [
                .. styles.Select(style => new LineLabel(Curve(results, style)[^1].TestAccuracy, LineLabels.Short(style.Name), style)),
                new LineLabel(results.Baselines.Chance, $"chance {Shown.Short(results.Baselines.Chance)}", null),
            ],
            0.01,
            1.03);
        return figure;
    }

    private static ImmutableArray<LearningCurvePoint> Curve(ExperimentResults results, ConditionStyle style) => results.Conditions[style.Name].BestProbe!.LearningCurve;

    // Sizes that lie closer together would have their numbers on top of each other; the last one is always named.
    private static List<double> Apart(double[] sizes, double distance)
    {
        var kept = new List<double> { sizes[^1] };
        foreach (var size in sizes.Reverse().Where(size => kept[^1] - size >= distance))
        {
            kept.Add(size);
        }

        return kept;
    }
}
