using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;
using ScottPlot;

namespace ProbePipeline.Reports.Maps;

/// <summary>
/// A picture beside itself in pale gray under its patches. Classes have a colour of a colour-blind safe palette and a number that stands in their
/// patches, so that no reading depends on colour; how opaque a patch is tells the probability.
/// </summary>
internal static class PatchMapChart
{
    private const int Side = 400;
    private const int Margin = 16;
    private const int Top = 66;
    private const int NarrowestFigure = 560;
    private const int LegendLine = 24;
    private const int LegendText = 36;

    // Of the chart's font at the legend's size, its widest letters aside.
    private const double LetterWidth = 7.2;

    // Under a number of this many units nobody reads it.
    private const double SmallestNumber = 7;

    /// <summary>The picture, its patches, and a legend.</summary>
    public static Figure Draw(PatchMap map)
    {
        var theme = ChartTheme.Light;
        var legend = new PatchLegend(map, theme);
        var (width, height) = MapGround.Fitted(map.Picture, Side);
        var figure = new Figure(
            Math.Max((4 * Margin) + (2 * width) + LegendText + (int)(LetterWidth * legend.Lines.Select(line => line.Text).Append(legend.Title).Max(text => text.Length)), NarrowestFigure),
            Math.Max(Top + height + Margin, Top + ((legend.Lines.Length + 2) * LegendLine)),
            theme);
        var plot = figure.Sheet(0, 0, figure.Width, figure.Height);
        PanelStyle.Text(plot, map.Title, Margin, -20, theme.Ink, Alignment.MiddleLeft, PanelStyle.TitleSize);
        PanelStyle.Text(plot, map.Subtitle, Margin, -46, theme.Muted, Alignment.MiddleLeft, 13);
        MapGround.Draw(plot, map.Picture, (Margin, Top, width, height), pale: false);
        Patches(plot, map, legend, ((2 * Margin) + width, Top, width, height));
        Legend(plot, theme, legend, (3 * Margin) + (2 * width));
        return figure;
    }

    /// <summary>The patches alone, for a place that tells the rest in words.</summary>
    /// <param name="map">The map.</param>
    /// <param name="side">The longer side in units.</param>
    public static Figure DrawPatches(PatchMap map, int side)
    {
        var (width, height) = MapGround.Fitted(map.Picture, side);
        var figure = new Figure(width, height, ChartTheme.Light);
        Patches(figure.Sheet(0, 0, width, height), map, new PatchLegend(map, ChartTheme.Light), (0, 0, width, height));
        return figure;
    }

    private static void Patches(Plot plot, PatchMap map, PatchLegend legend, (int Left, int Top, int Width, int Height) area)
    {
        MapGround.Draw(plot, map.Picture, area, pale: true);
        var (width, height) = MapGround.SizeOf(map.Picture);
        foreach (var patch in map.Patches)
        {
            Cell(plot, legend, map, patch, (area.Left, area.Top, (double)area.Width / width, (double)area.Height / height));
        }
    }

    private static void Cell(Plot plot, PatchLegend legend, PatchMap map, PatchDecision patch, (int Left, int Top, double PerColumn, double PerRow) to)
    {
        var place = patch.Place;
        var (left, right) = (to.Left + (place.Left * to.PerColumn), to.Left + (place.Right * to.PerColumn));
        var (top, bottom) = (-to.Top - (place.Top * to.PerRow), -to.Top - (place.Bottom * to.PerRow));
        var line = legend.Of(patch);
        var opacity = map.Class is null ? PatchLegend.Palest + ((PatchLegend.Fullest - PatchLegend.Palest) * patch.Probability) : PatchLegend.Fullest * patch.Probability;
        PanelStyle.Fill(plot, (left, right), (bottom, top), line.Color.WithAlpha(opacity));
        var size = Math.Min(0.5 * Math.Min(right - left, top - bottom), 14);
        if (map.Class is null && size >= SmallestNumber)
        {
            PanelStyle.Text(plot, line.Number, (left + right) / 2, (top + bottom) / 2, legend.TextOn(line, patch.Probability), Alignment.MiddleCenter, (float)size);
        }
    }

    private static void Legend(Plot plot, ChartTheme theme, PatchLegend legend, double left)
    {
        PanelStyle.Text(plot, legend.Title, left, -Top - (LegendLine / 2.0), theme.Ink, Alignment.MiddleLeft, 13);
        foreach (var (index, line) in legend.Lines.Index())
        {
            var top = -Top - ((index + 1) * LegendLine);
            var sample = plot.Add.Rectangle(left, left + 28, top - LegendLine + 3, top - 3);
            sample.FillColor = line.Color.WithAlpha(line.Opacity);
            sample.LineWidth = 0.5f;
            sample.LineColor = theme.Muted;
            PanelStyle.Text(plot, line.Number, left + 14, top - (LegendLine / 2.0), legend.TextOn(line, line.Opacity), Alignment.MiddleCenter, 12);
            PanelStyle.Text(plot, line.Text, left + LegendText, top - (LegendLine / 2.0), theme.Ink, Alignment.MiddleLeft, 13);
        }
    }
}
