using System.Text;
using ProbePipeline.Reports.Charts;
using ScottPlot;
using SkiaSharp;

namespace ProbePipeline.Reports.Tests.Charts;

public sealed class ReportChartTests
{
    public static TheoryData<string> Names { get; } = new(ReportChart.All.Where(chart => chart.HasData(ReferenceStudy.Results)).Select(chart => chart.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_Png_HasTwicePixelsAndSomethingOnIt(string name)
    {
        using var figure = Draw(name, ChartTheme.Light);
        using var bitmap = SKBitmap.Decode(figure.ToPng());

        Assert.Equal((figure.Width * 2, figure.Height * 2), (bitmap.Width, bitmap.Height));
        Assert.True(Ink.Count(bitmap, new SKRectI(0, 0, bitmap.Width, bitmap.Height)) > 2000);
    }

    [Fact]
    public void Draw_Svg_NamesEveryConditionAsTextWithAGenericFont()
    {
        using var figure = Draw("chart", ChartTheme.Light);
        var svg = Encoding.UTF8.GetString(figure.ToSvg());

        Assert.All(["intact", "vision-cut", "decoder-cut", "both-cut", "region-only", "vision tower", "projector", "language decoder", "0.98"], text =>
            Assert.Contains($">{text}</text>", svg, StringComparison.Ordinal));
        Assert.Contains("font-family=\"DejaVu Sans, Verdana, sans-serif\"", svg, StringComparison.Ordinal);
        Assert.Contains($"viewBox=\"0 0 {figure.Width} {figure.Height}\"", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<image", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(", \"", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_SvgOfTheHeatMap_HasARectangleACell()
    {
        using var figure = Draw("heatmap", ChartTheme.Light);
        var svg = Encoding.UTF8.GetString(figure.ToSvg());

        Assert.Contains(">0.971</text>", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<image", svg, StringComparison.Ordinal);
        Assert.True(svg.Split("width=\"110\"").Length > 14 * 5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_Dark_StandsOnTheDarkGround(string name)
    {
        using var figure = Draw(name, ChartTheme.Dark);
        using var bitmap = SKBitmap.Decode(figure.ToPng());

        Assert.Equal(ChartTheme.Dark.Paper.ToSKColor(), bitmap.GetPixel(1, 1));
    }

    [Fact]
    public void Of_Conditions_DifferInColourMarkerAndLine()
    {
        var styles = ConditionStyle.Of(ReferenceStudy.Results, ChartTheme.Light);

        Assert.Equal(5, styles.Select(style => style.Color).Distinct().Count());
        Assert.Equal(5, styles.Select(style => style.Marker).Distinct().Count());
        Assert.Equal(5, styles.Select(style => string.Join(' ', style.Dashes)).Distinct().Count());
        Assert.Equal([-0.5, -0.25, 0, 0.25, 0.5], styles.Select(style => style.Shift));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.7)]
    [InlineData(1)]
    public void Heat_EveryShare_HasTextThatCanBeRead(double share)
    {
        foreach (var theme in (ChartTheme[])[ChartTheme.Light, ChartTheme.Dark])
        {
            var (ground, text) = theme.Heat(share);

            Assert.True(Contrast(ground, text) >= 4.5, $"{share}: {Contrast(ground, text)}");
        }
    }

    private static Figure Draw(string name, ChartTheme theme) => ReportChart.All.Single(chart => chart.Name == name).Draw(ReferenceStudy.Results, theme);

    // WCAG 2.1: contrast of relative luminances.
    private static double Contrast(Color one, Color other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(Color color) => (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));

    private static double Linear(byte channel) => channel / 255.0 is var share && share <= 0.03928 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
}
