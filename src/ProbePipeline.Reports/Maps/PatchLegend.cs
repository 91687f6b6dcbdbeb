using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;
using ScottPlot;

namespace ProbePipeline.Reports.Maps;

/// <summary>Which class has which colour and number: those of most patches a colour each, the others share a gray. Of one class, steps of its probability.</summary>
internal sealed class PatchLegend
{
    /// <summary>How opaque a patch is whose likeliest class has next to no probability.</summary>
    public const double Palest = 0.25;

    /// <summary>How opaque a patch is whose class is certain.</summary>
    public const double Fullest = 0.85;

    private const int MostNumbers = 16;
    private static readonly double[] Steps = [0, 0.25, 0.5, 0.75, 1];

    private readonly ChartTheme _theme;
    private readonly ImmutableDictionary<int, Line> _lineOf;

    public PatchLegend(PatchMap map, ChartTheme theme)
    {
        _theme = theme;
        if (map.Class is { } chosen)
        {
            Title = $"probability of {chosen}";
            Lines = [.. Steps.Select(step => new Line(theme.Series[0], "", Shown.Short(step), Fullest * step))];
            _lineOf = ImmutableDictionary<int, Line>.Empty.Add(map.Classes.IndexOf(chosen), Lines[^1]);
            return;
        }

        Title = "likeliest class of a patch";
        var frequent = map.Patches.CountBy(patch => patch.Class).OrderByDescending(count => count.Value).ThenBy(count => count.Key).ToArray();
        // Gray is for classes past the palette.
        var colours = theme.Series.RemoveAll(colour => colour.R == colour.G && colour.G == colour.B);
        var numbered = frequent.Take(MostNumbers).Select((count, place) => (count.Key, Line: new Line(
            place < colours.Length ? colours[place] : theme.Muted, Shown.Count(place + 1), $"{map.Classes[count.Key]} ({Shown.Counted(count.Value, "patch", "patches")})", Fullest))).ToArray();
        var left = frequent.Skip(MostNumbers).ToArray();
        var rest = new Line(theme.Muted, "", $"{Shown.Counted(left.Length, "other class", "other classes")} ({Shown.Counted(left.Sum(count => count.Value), "patch", "patches")})", Fullest);
        Lines = [.. numbered.Select(line => line.Line), .. left.Length > 0 ? [rest] : Array.Empty<Line>(), new Line(theme.Muted, "", "the paler, the less sure", Palest)];
        _lineOf = numbered.ToImmutableDictionary(line => line.Key, line => line.Line).AddRange(left.Select(count => KeyValuePair.Create(count.Key, rest)));
    }

    public string Title { get; }

    public ImmutableArray<Line> Lines { get; }

    /// <summary>How a patch is drawn.</summary>
    public Line Of(PatchDecision patch) => _lineOf[patch.Class];

    /// <summary>The colour in which a number can be read on a patch.</summary>
    public Color TextOn(Line line, double opacity) => ChartTheme.TextOn(ChartTheme.Mix(_theme.Paper, line.Color, opacity));

    /// <summary>A line of the legend.</summary>
    /// <param name="Color">Its colour.</param>
    /// <param name="Number">What stands in its patches.</param>
    /// <param name="Text">What it means.</param>
    /// <param name="Opacity">Of the sample.</param>
    internal sealed record Line(Color Color, string Number, string Text, double Opacity);
}
