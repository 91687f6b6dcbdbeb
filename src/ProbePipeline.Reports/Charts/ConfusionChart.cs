using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Predictions against labels at the best site of every condition, one matrix a condition, coloured by share of the label's rows.</summary>
internal static class ConfusionChart
{
    private const float Left = 104;
    private const float Top = 58;
    private const float Bottom = 88;
    private const int MostNumbers = 24;
    private const int MostNames = 48;

    public static Figure Draw(ExperimentResults results, ChartTheme theme)
    {
        var cell = Math.Clamp(400f / results.Classes.Length, 6, 44);
        var side = cell * results.Classes.Length;
        var (width, height) = ((int)Math.Max(Left + side + 20, 330), (int)(Top + side + Bottom));
        return Figure.OfSheets(results.Confusions.Length, width, height, theme, (plot, index) => Draw(plot, results, results.Confusions[index], theme, cell));
    }

    private static void Draw(Plot plot, ExperimentResults results, Confusion confusion, ChartTheme theme, float cell)
    {
        var side = cell * results.Classes.Length;
        PanelStyle.Text(plot, LineLabels.Short(confusion.Condition), 12, -20, theme.Ink, Alignment.MiddleLeft, PanelStyle.TextSize);
        PanelStyle.Text(plot, $"{confusion.Site}; rows: label, columns: predicted", 12, -41, theme.Muted, Alignment.MiddleLeft, 12);
        // One ground for all empty cells: a rectangle each would be most of the file.
        PanelStyle.Fill(plot, (Left, Left + side), (-Top - side, -Top), theme.Shade);
        for (var row = 0; row < confusion.Counts.Length; row++)
        {
            var all = Math.Max(1, confusion.Counts[row].Sum());
            for (var column = 0; column < confusion.Counts[row].Length; column++)
            {
                if (confusion.Counts[row][column] is > 0 and var count)
                {
                    Cell(plot, theme, (Left + (column * cell), -Top - (row * cell), cell), count, all, results.Classes.Length <= MostNumbers);
                }
            }
        }

        for (var index = 0; results.Classes.Length <= MostNames && index < results.Classes.Length; index++)
        {
            var (name, size) = (LineLabels.Short(results.Classes[index]), Math.Min(12, cell));
            PanelStyle.Text(plot, name, Left - 6, -Top - ((index + 0.5) * cell), theme.Ink, Alignment.MiddleRight, size);
            PanelStyle.Text(plot, name, Left + ((index + 0.5) * cell), -Top - side - 6, theme.Ink, Alignment.MiddleRight, size).LabelStyle.Rotation = -60;
        }
    }

    private static void Cell(Plot plot, ChartTheme theme, (float Left, float Top, float Side) place, int count, int all, bool numbers)
    {
        var (left, top, side) = place;
        var (ground, text) = theme.Heat((double)count / all);
        PanelStyle.Fill(plot, (left + 0.5, left + side - 0.5), (top - side + 0.5, top - 0.5), ground);
        if (numbers)
        {
            var size = Math.Min(12, side * 0.45f);
            PanelStyle.Text(plot, Shown.Count(count), left + (side / 2), top - (side / 2), text, Alignment.MiddleCenter, size);
        }
    }
}
