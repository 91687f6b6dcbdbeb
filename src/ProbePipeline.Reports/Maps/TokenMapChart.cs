using ProbePipeline.Reports.Charts;
using ScottPlot;

namespace ProbePipeline.Reports.Maps;

/// <summary>A picture with the chosen patches framed and tinted, and below it the text, token by token, the chosen ones filled.</summary>
internal static class TokenMapChart
{
    private const int Side = 336;
    private const int Margin = 8;
    private const int Line = 26;
    private const int Gap = 4;
    private const float WordSize = 12;

    // Of the chart's font at the words' size, its widest letters aside.
    private const double LetterWidth = 7.4;
    private const double Tint = 0.45;

    /// <summary>The map on light ground.</summary>
    public static Figure Draw(TokenMap map)
    {
        var theme = ChartTheme.Light;
        var scale = MapGround.Scale(map.Picture, Side);
        var (shownWidth, shownHeight) = MapGround.Fitted(map.Picture, Side);
        var words = Flow(map);
        var figure = new Figure(
            Side + (2 * Margin), shownHeight + (2 * Margin) + (words.Length == 0 ? 0 : Margin + ((words[^1].Line + 1) * Line)), theme);
        var plot = figure.Sheet(0, 0, figure.Width, figure.Height);
        MapGround.Draw(plot, map.Picture, (Margin, Margin, shownWidth, shownHeight), pale: false);
        foreach (var patch in map.Patches.Where(patch => patch.IsChosen))
        {
            var place = patch.Place;
            var frame = plot.Add.Rectangle(
                Margin + (place.Left * scale), Margin + (place.Right * scale), -Margin - (place.Bottom * scale), -Margin - (place.Top * scale));
            frame.FillColor = theme.Series[0].WithAlpha(Tint);
            frame.LineColor = theme.Series[0];
            frame.LineWidth = 1;
        }

        foreach (var (word, left, wordWidth, line) in words)
        {
            var top = -(2 * Margin) - shownHeight - (line * Line);
            var box = plot.Add.Rectangle(left, left + wordWidth, top - Line + Gap, top);
            box.FillColor = word.IsChosen ? theme.Series[0] : theme.Paper;
            box.LineColor = word.IsChosen ? theme.Series[0] : theme.Muted;
            box.LineWidth = 1;
            PanelStyle.Text(
                plot, word.Text, left + (wordWidth / 2), top - ((Line - Gap) / 2.0), word.IsChosen ? ChartTheme.TextOn(theme.Series[0]) : theme.Ink, Alignment.MiddleCenter, WordSize);
        }

        return figure;
    }

    /// <summary>Words from left to right, line by line; one that is wider than a line is cut.</summary>
    private static (TokenWord Word, double Left, double Width, int Line)[] Flow(TokenMap map)
    {
        var placed = new List<(TokenWord, double, double, int)>();
        var (left, line) = ((double)Margin, 0);
        foreach (var word in map.Words)
        {
            var longest = (int)((Side - (2 * Gap)) / LetterWidth);
            var shown = word.Text.Length <= longest ? word : word with { Text = $"{word.Text[..(longest - 1)]}…" };
            var width = (Math.Max(shown.Text.Length, 1) * LetterWidth) + (2 * Gap);
            if (left > Margin && left + width > Side + Margin)
            {
                (left, line) = (Margin, line + 1);
            }

            placed.Add((shown, left, width, line));
            left += width + Gap;
        }

        return [.. placed];
    }
}
