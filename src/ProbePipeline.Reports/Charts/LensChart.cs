using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>The logit lens by decoder layer: the label's median rank, best on top, and how often it is the very first.</summary>
internal static class LensChart
{
    private const int Height = 420;
    private const float Top = 46;
    private const float Bottom = 62;
    private const float PanelWidth = 430;

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        ImmutableArray<ConditionStyle> styles = [.. ConditionStyle.Of(results, theme).Where(style => !results.Conditions[style.Name].Lens.IsEmpty)];
        var figure = new Figure((int)((2 * PanelWidth) + LabelledPanel.LabelWidth), Height, theme);
        var ranks = figure.Panel(0, 0, PanelWidth, Height, new PixelPadding(76, 10, Bottom, Top));
        Panel(ranks, results, styles, "Median rank of the label (0: first)", lens => Depth(lens.MedianRank), lens => Depth(lens.OtherMedianRank));
        var worst = styles.SelectMany(style => results.Conditions[style.Name].Lens).Max(lens => Math.Max(lens.MedianRank, lens.OtherMedianRank));
        ranks.Axes.SetLimitsY(Depth(Math.Max(worst, 3) * 1.15), 0.06);
        AxisTicks.Set(ranks.Axes.Left, RankTicks(worst).Select(rank => (Depth(rank), Shown.Count(rank))));
        ranks.Axes.Left.Label.Text = "rank in the vocabulary";

        var shares = new LabelledPanel(figure, (PanelWidth, 0, PanelWidth, Height), new PixelPadding(66, 0, Bottom, Top), (-0.03, 1.03));
        Panel(shares.Plot, results, styles, "Share of rows with the label at rank 0", lens => lens.Top1, lens => lens.OtherTop1);
        AxisTicks.Shares(shares.Plot.Axes.Left);
        shares.Name([.. Labels(results, styles)], 0.02, 0.98);
        return figure;
    }

    /// <summary>Ranks from 0 downwards: each step of ten takes the same room, and 0 has a place.</summary>
    private static double Depth(double rank) => -Math.Log10(1 + rank);

    private static IEnumerable<int> RankTicks(double worst)
    {
        yield return 0;
        for (var step = 1; step <= worst * 1.15 || step <= 3; step *= 10)
        {
            foreach (var rank in worst < 300 ? (int[])[step, 3 * step] : [step])
            {
                yield return rank;
            }
        }
    }

    private static void Panel(
        Plot plot,
        ExperimentResults results,
        ImmutableArray<ConditionStyle> styles,
        string title,
        Func<LensResult, double> value,
        Func<LensResult, double> other)
    {
        var layers = styles.SelectMany(style => results.Conditions[style.Name].Lens.Select(lens => lens.Layer)).Distinct().Order().ToArray();
        plot.Axes.SetLimitsX(layers[0] - 0.5, layers[^1] + 0.5);
        plot.Axes.Title.Label.Text = title;
        plot.Axes.Title.Label.FontSize = PanelStyle.TextSize;
        plot.Axes.Bottom.Label.Text = "decoder layer";
        plot.Grid.XAxisStyle.IsVisible = false;
        var step = Math.Max(1, (int)Math.Ceiling(layers.Length / 12.0));
        AxisTicks.Set(plot.Axes.Bottom, layers.Where(layer => layer % step == 0).Select(layer => ((double)layer, Shown.Count(layer))));
        var room = (PanelWidth - 76) / (layers[^1] - layers[0] + 1);
        foreach (var style in styles)
        {
            var lens = results.Conditions[style.Name].Lens;
            var shift = style.Shift * Math.Min(22, 0.5 * room) / room;
            Coordinates[] others = [.. lens.Select(at => new Coordinates(at.Layer + shift, other(at)))];
            Coordinates[] points = [.. lens.Select(at => new Coordinates(at.Layer + shift, value(at)))];
            PanelStyle.Line(plot, others, style.Color, 1.8f, DashedLine.Dotted);
            PanelStyle.Line(plot, points, style.Color, style.Width, style.Dashes);
            foreach (var point in points)
            {
                PanelStyle.Marker(plot, style, point.X, point.Y, (float)Math.Clamp(0.3 * room, 3.5, 9.5));
            }
        }
    }

    private static IEnumerable<LineLabel> Labels(ExperimentResults results, ImmutableArray<ConditionStyle> styles)
    {
        foreach (var style in styles)
        {
            yield return new LineLabel(results.Conditions[style.Name].Lens[^1].Top1, LineLabels.Short(style.Name), style);
        }

        yield return new LineLabel(styles.Average(style => results.Conditions[style.Name].Lens[^1].OtherTop1), "another label (dots)", null);
    }
}
