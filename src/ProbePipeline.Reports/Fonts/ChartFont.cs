using ScottPlot;
using SkiaSharp;

namespace ProbePipeline.Reports.Fonts;

/// <summary>The font that charts are written in: a machine may have none, and ScottPlot then draws no text at all.</summary>
internal sealed class ChartFont : IFontResolver
{
    /// <summary>The family's name.</summary>
    public const string Name = "DejaVu Sans";

    private const string Resource = "DejaVuSans.ttf";

    private static readonly SKTypeface Typeface = Load();

    static ChartFont() => ScottPlot.Fonts.FontResolvers.Insert(0, new ChartFont());

    private ChartFont()
    {
    }

    /// <summary>Makes ScottPlot know the font; every further call does nothing.</summary>
    public static string Register() => Typeface.FamilyName;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => fontName == Name ? Typeface : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface : null;

    private static SKTypeface Load()
    {
        using var font = typeof(ChartFont).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded in ProbePipeline.Reports; build it with its project file");
        using var data = SKData.Create(font);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"{Resource} is no font; restore it and build again");
    }
}
