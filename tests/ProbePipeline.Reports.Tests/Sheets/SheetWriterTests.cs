using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Maps;
using ProbePipeline.Reports.Sheets;
using SkiaSharp;

namespace ProbePipeline.Reports.Tests.Sheets;

public sealed partial class SheetWriterTests
{
    [Fact]
    public void Html_Sheet_StandsByItselfAndEscapesWhatItShows()
    {
        var html = Html([Patch(chosen: true)], [new TokenWord("<s>", IsChosen: false)]);
        Assert.Contains("<h1>A &lt;title&gt;</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<h2>Section</h2>", html, StringComparison.Ordinal);
        Assert.Contains("<li>a line</li>", html, StringComparison.Ordinal);
        Assert.Contains("default-src &#39;none&#39;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_SameSheet_IsTheSameToTheByte() => Assert.Equal(Html([Patch(chosen: true)], []), Html([Patch(chosen: true)], []));

    [Fact]
    public void Html_ChosenPatch_IsTintedAndTheOtherIsNot()
    {
        using var drawn = Drawn(Html([Patch(chosen: true), Other], []));
        // 336 units over 40 pixels of picture, twice as many pixels; the margin is 8 units.
        var (left, right) = (drawn.GetPixel(16 + 168, 16 + 100), drawn.GetPixel(16 + 504, 16 + 100));
        Assert.Equal(new SKColor(255, 255, 255), right);
        Assert.True(left.Blue > left.Red + 60, $"{left}");
    }

    [Fact]
    public void Html_Words_StandBelowThePictureTheChosenOnesFilled()
    {
        using var without = Drawn(Html([Other], []));
        using var with = Drawn(Html([Other], [new TokenWord("first", IsChosen: true), new TokenWord("second", IsChosen: false)]));
        Assert.Equal(without.Width, with.Width);
        Assert.Equal(without.Height + (2 * (8 + 26)), with.Height);
        var line = without.Height + 8;
        // Just inside the left edge of a box there is no letter yet.
        Assert.True(with.GetPixel(22, line + 8) is { Blue: > 150, Red: < 60 }, $"{with.GetPixel(22, line + 8)}");
        Assert.True(Ink.Count(with, new SKRectI(120, line, 240, line + 40)) > 20, "the second word has letters");
    }

    [Fact]
    public void Html_ManyWords_FlowIntoLines()
    {
        using var one = Drawn(Html([Other], [new TokenWord("word", IsChosen: false)]));
        using var many = Drawn(Html([Other], [.. Enumerable.Repeat(new TokenWord("word", IsChosen: false), 30)]));
        Assert.Equal(one.Width, many.Width);
        Assert.Equal(0, (many.Height - one.Height) % (2 * 26));
        Assert.True(many.Height > one.Height + (2 * 2 * 26), $"{many.Height}");
    }

    private static TokenPatch Other => new(new PatchPlace(0, 0, 1, 0, 20, 20, 40), IsChosen: false);

    private static TokenPatch Patch(bool chosen) => new(new PatchPlace(0, 0, 0, 0, 0, 20, 20), chosen);

    private static string Html(ImmutableArray<TokenPatch> patches, ImmutableArray<TokenWord> words)
    {
        using var white = new SKBitmap(40, 20);
        white.Erase(SKColors.White);
        using var png = white.Encode(SKEncodedImageFormat.Png, 100);
        var picture = new SheetPicture(new TokenMap([.. png.ToArray()], patches, words), "alternative", "title", ["a line"]);
        return Encoding.UTF8.GetString(SheetWriter.Html(new PictureSheet("A <title>", ["introduction"], [new SheetSection("Section", [], [picture]), new SheetSection(null, ["text"], [])])));
    }

    private static SKBitmap Drawn(string html) => SKBitmap.Decode(Convert.FromBase64String(Assert.Single(Embedded().Matches(html)).Groups[1].Value));

    [GeneratedRegex("data:image/png;base64,([^\"]+)")]
    private static partial Regex Embedded();
}
