using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Fonts;
using ScottPlot;
using SkiaSharp;

namespace ProbePipeline.Reports.Tests.Fonts;

// The list of fonts belongs to the whole process: nobody else may draw while it is changed.
[Collection(nameof(ChartFontTests))]
[CollectionDefinition(nameof(ChartFontTests), DisableParallelization = true)]
public sealed class ChartFontTests
{
    [Fact]
    public void Draw_WithTheEmbeddedFontAlone_HasText()
    {
        var family = ChartFont.Register();
        IFontResolver[] others = [.. ScottPlot.Fonts.FontResolvers.Where(resolver => resolver is not ChartFont)];
        try
        {
            ScottPlot.Fonts.FontResolvers.RemoveAll(resolver => resolver is not ChartFont);
            using var figure = ReportChart.Decodability.Draw(ReferenceStudy.Results, ChartTheme.Light);
            using var bitmap = SKBitmap.Decode(figure.ToPng());

            Assert.Equal("DejaVu Sans", family);
            // Above the data areas there is nothing but the two titles.
            Assert.True(Ink.Count(bitmap, new SKRectI(300, 8, 1100, 76)) > 1000);
            Assert.True(Ink.Count(bitmap, new SKRectI(1500, 8, bitmap.Width, 76)) > 1000);
        }
        finally
        {
            ScottPlot.Fonts.FontResolvers.AddRange(others);
        }
    }

    [Fact]
    public void Register_Font_IsTheEmbeddedOne()
    {
        ChartFont.Register();
        using var stream = typeof(ChartFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        using var typeface = SKTypeface.FromStream(stream);

        Assert.Equal(typeface.GlyphCount, ScottPlot.Fonts.GetTypeface(ChartFont.Name, bold: false, italic: false).GlyphCount);
        Assert.InRange(typeof(ChartFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!.Length, 1, 800_000);
    }
}
