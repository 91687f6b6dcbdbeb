using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>At every chosen site a matrix: the condition that trained the probe by the condition whose states it reads, coloured by test accuracy.</summary>
internal static class TransferMatrixChart
{
    private const float Left = 150;
    private const float Top = 58;
    private const float Bottom = 112;
    private const float CellHeight = 34;
    private const int MostNumbers = 16;

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        var cross = results.CrossCondition!;
        ImmutableArray<string> conditions = [.. results.Conditions.Keys];
        var cell = Math.Clamp(420f / conditions.Length, 12, 84);
        var rowHeight = Math.Min(CellHeight, cell);
        var (width, height) = ((int)Math.Max(Left + (cell * conditions.Length) + 20, 420), (int)(Top + (rowHeight * conditions.Length) + Bottom));
        return Figure.OfSheets(cross.MatrixSites.Length, width, height, theme, (plot, index) =>
        {
            var site = cross.MatrixSites[index];
            Draw(plot, theme, site, conditions, [.. cross.Transfers.Where(transfer => transfer.Site == site)], (cell, rowHeight));
        });
    }

    private static void Draw(Plot plot, ChartTheme theme, string site, ImmutableArray<string> conditions, ImmutableArray<Transfer> transfers, (float Width, float Height) cell)
    {
        PanelStyle.Text(plot, site, 12, -20, theme.Ink, Alignment.MiddleLeft, PanelStyle.TextSize);
        PanelStyle.Text(plot, "rows: probe trained under, columns: states read", 12, -41, theme.Muted, Alignment.MiddleLeft, 12);
        var size = Math.Min(13, cell.Height);
        for (var index = 0; index < conditions.Length; index++)
        {
            var name = LineLabels.Short(conditions[index]);
            PanelStyle.Text(plot, name, Left - 8, -Top - ((index + 0.5) * cell.Height), theme.Ink, Alignment.MiddleRight, size);
            PanelStyle.Text(plot, name, Left + ((index + 0.5) * cell.Width), -Top - (conditions.Length * cell.Height) - 8, theme.Ink, Alignment.MiddleRight, size).LabelStyle.Rotation = -60;
        }

        foreach (var transfer in transfers)
        {
            var (row, column) = (conditions.IndexOf(transfer.Trained), conditions.IndexOf(transfer.Tested));
            var (left, top) = (Left + (column * cell.Width), -Top - (row * cell.Height));
            var (ground, text) = theme.Heat(transfer.Accuracy);
            PanelStyle.Fill(plot, (left + 1, left + cell.Width - 1), (top - cell.Height + 1, top - 1), ground);
            if (conditions.Length <= MostNumbers)
            {
                PanelStyle.Text(plot, Shown.Short(transfer.Accuracy), left + (cell.Width / 2), top - (cell.Height / 2), text, Alignment.MiddleCenter, Math.Min(13, cell.Width * 0.42f));
            }
        }
    }
}
