using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Test accuracy by site and condition, with numbers; the model's answers below. Cells are rectangles, sharp at every size.</summary>
internal static class HeatmapChart
{
    private const float NarrowestNames = 210;

    // Of the chart's font at the names' size, its widest letters aside.
    private const float LetterWidth = 6.7f;
    private const float Top = 86;
    private const int CellWidth = 112;
    private const int CellHeight = 26;

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        ImmutableArray<string> conditions = [.. results.Conditions.Keys];
        ImmutableArray<ProbeResult> sites = [.. results.Probes().DistinctBy(probe => probe.Site)];
        var answers = results.Conditions.Values.Any(condition => condition.Answer is not null);
        var rows = sites.Length + (answers ? 1 : 0);
        ImmutableArray<string> names = [.. sites.Select(Shown.Site), "the model's answers"];
        var left = Math.Max(NarrowestNames, 24 + (LetterWidth * names.Max(name => name.Length)));
        var (width, height) = (conditions.Length * CellWidth, rows * CellHeight);
        var figure = new Figure((int)left + Math.Max(width, 320) + 24, (int)Top + height + 16, theme);
        var plot = figure.Sheet(0, 0, figure.Width, figure.Height);
        PanelStyle.Text(plot, "Test accuracy by site and condition", 16, -24, theme.Ink, Alignment.MiddleLeft, PanelStyle.TitleSize);
        for (var column = 0; column < conditions.Length; column++)
        {
            var found = results.Conditions[conditions[column]];
            PanelStyle.Text(plot, Fitting(conditions[column]), left + ((column + 0.5) * CellWidth), -Top + 16, theme.Ink, Alignment.MiddleCenter, 14);
            for (var row = 0; row < sites.Length; row++)
            {
                Cell(plot, theme, left, row, column, found.Probes.FirstOrDefault(probe => probe.Site == sites[row].Site)?.TestAccuracy);
            }

            if (answers)
            {
                Cell(plot, theme, left, sites.Length, column, found.Answer?.TestAccuracy);
            }
        }

        for (var row = 0; row < rows; row++)
        {
            PanelStyle.Text(plot, names[row], left - 8, -Top - ((row + 0.5) * CellHeight), theme.Ink, Alignment.MiddleRight, 13);
            if (row > 0 && (row == sites.Length || sites[row].Tower != sites[row - 1].Tower))
            {
                PanelStyle.Line(plot, (20, -Top - (row * CellHeight)), (left + width, -Top - (row * CellHeight)), theme.Ink, 1.6f, DashedLine.Solid);
            }
        }

        return figure;
    }

    private static string Fitting(string name) => name.Length <= 13 ? name : $"{name[..12]}…";

    private static void Cell(Plot plot, ChartTheme theme, float first, int row, int column, double? share)
    {
        if (share is { } known)
        {
            var (left, top) = (first + (column * CellWidth), -Top - (row * CellHeight));
            var (ground, text) = theme.Heat(known);
            PanelStyle.Fill(plot, (left + 1, left + CellWidth - 1), (top - CellHeight + 1, top - 1), ground);
            PanelStyle.Text(plot, Shown.Share(known), left + (CellWidth / 2.0), top - (CellHeight / 2.0), text, Alignment.MiddleCenter, 13);
        }
    }
}
