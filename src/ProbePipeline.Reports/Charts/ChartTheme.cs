using System.Collections.Immutable;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>Colours of a chart, for light or dark pages.</summary>
internal sealed record ChartTheme
{
    /// <summary>Printed pages and light screens. Series: the colour-blind safe palette of Okabe and Ito, the darkest first.</summary>
    public static ChartTheme Light { get; } = new()
    {
        Paper = Color.FromHex("#ffffff"),
        Ink = Color.FromHex("#1b1f24"),
        Muted = Color.FromHex("#5b636d"),
        Grid = Color.FromHex("#e3e6ea"),
        Shade = Color.FromHex("#f4f6f8"),
        Series = [.. Colours("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#4d4d4d", "#E69F00", "#56B4E9", "#9a8f00")],
        Sequential = (Color.FromHex("#f7fbff"), Color.FromHex("#08519c")),
    };

    /// <summary>Dark screens: the same hues, light enough for a dark ground.</summary>
    public static ChartTheme Dark { get; } = new()
    {
        Paper = Color.FromHex("#15191e"),
        Ink = Color.FromHex("#eef1f4"),
        Muted = Color.FromHex("#a9b2bc"),
        Grid = Color.FromHex("#2c333b"),
        Shade = Color.FromHex("#1d232a"),
        Series = [.. Colours("#56B4E9", "#F08A4B", "#35C79A", "#E3A3C8", "#c9ced4", "#E69F00", "#8ab6ff", "#F0E442")],
        Sequential = (Color.FromHex("#1a222b"), Color.FromHex("#6fb4ee")),
    };

    /// <summary>The ground.</summary>
    public required Color Paper { get; init; }

    /// <summary>Text and frames.</summary>
    public required Color Ink { get; init; }

    /// <summary>Text and lines that stand back.</summary>
    public required Color Muted { get; init; }

    /// <summary>Grid lines.</summary>
    public required Color Grid { get; init; }

    /// <summary>The ground of a tower.</summary>
    public required Color Shade { get; init; }

    /// <summary>One colour a condition, in turn.</summary>
    public required ImmutableArray<Color> Series { get; init; }

    /// <summary>The colours of 0 and 1 in a heat map.</summary>
    public required (Color Low, Color High) Sequential { get; init; }

    /// <summary>The heat map's colour of a share, and the colour in which text can be read on it.</summary>
    /// <param name="share">0 to 1; what lies outside is taken as the nearer end.</param>
    public (Color Ground, Color Text) Heat(double share)
    {
        var mixed = Mix(Sequential.Low, Sequential.High, double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1));
        return (mixed, TextOn(mixed));
    }

    /// <summary>Black or white, whichever is easier to read on a colour.</summary>
    // At this luminance both have the same contrast: (l + 0.05)^2 = 0.05 * 1.05 (WCAG 2.1, relative luminance).
    public static Color TextOn(Color ground) => Color.FromHex(Luminance(ground) > 0.179 ? "#000000" : "#ffffff");

    /// <summary>A colour between two: 0 gives the first, 1 the second.</summary>
    public static Color Mix(Color from, Color to, double share) => new(
        (byte)Math.Round(from.R + ((to.R - from.R) * share)),
        (byte)Math.Round(from.G + ((to.G - from.G) * share)),
        (byte)Math.Round(from.B + ((to.B - from.B) * share)),
        255);

    private static double Luminance(Color color) => (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    private static IEnumerable<Color> Colours(params string[] hex) => hex.Select(Color.FromHex);
}
