using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Maps;
using SkiaSharp;

namespace ProbePipeline.Reports.Tests.Maps;

public sealed class ReadingWriterTests
{
    private const int Width = 40;
    private const int Height = 20;

    private static readonly ImmutableArray<string> Classes = ["wheel", "roof, left", "door"];

    /// <summary>Two patches on 20 x 40 pixels: the left one is a wheel, the right one less surely a roof.</summary>
    private static readonly ImmutableArray<PatchReading> Patches =
    [
        new(new PatchPlace(0, 0, 0, 0, 0, 20, 20), [0.9, 0.1, 0]),
        new(new PatchPlace(0, 0, 1, 0, 20, 20, 40), [0.25, 0.5, 0.25]),
    ];

    [Fact]
    public void Csv_Readings_GiveEveryClassTheLikeliestFirst() => Assert.Equal(
        "picture,region,class,probability,rank\na.png,\"1,2,3,4\",\"roof, left\",0.7,1\na.png,\"1,2,3,4\",door,0.2,2\na.png,\"1,2,3,4\",wheel,0.1,3\n",
        Encoding.UTF8.GetString(ReadingWriter.Csv([new("a.png", "1,2,3,4", Classes, [0.1, 0.7, 0.2])])));

    [Fact]
    public void Json_Readings_AreAnObjectAPicture()
    {
        using var read = JsonDocument.Parse(ReadingWriter.Json([new("a.png", "whole picture", Classes, [0.1, 0.7, 0.2]), new("b.png", "whole picture", Classes, [1, 0, 0])]));
        Assert.Equal(["roof, left", "wheel"], read.RootElement.EnumerateArray().Select(reading => reading.GetProperty("predicted").GetString()));
        Assert.Equal(0.2, read.RootElement[0].GetProperty("probabilities").GetProperty("door").GetDouble());
        Assert.Equal("b.png", read.RootElement[1].GetProperty("picture").GetString());
    }

    [Fact]
    public void PatchCsv_Patches_HavePlaceDecisionAndEveryClass() => Assert.Equal(
        "tile,row,column,top,left,bottom,right,class,probability,p(wheel),\"p(roof, left)\",p(door)\n0,0,0,0,0,20,20,wheel,0.9,0.9,0.1,0\n0,0,1,0,20,20,40,\"roof, left\",0.5,0.25,0.5,0.25\n",
        Encoding.UTF8.GetString(ReadingWriter.PatchCsv(Classes, Patches)));

    [Fact]
    public void MapPng_LikeliestClasses_LieOverTheirPatchesInTheirColours()
    {
        using var map = SKBitmap.Decode(ReadingWriter.MapPng(Map(null)));
        // Twice 400 units to a picture of 40 pixels: 20 sheet pixels each; the map begins behind the picture.
        var (left, right) = (map.GetPixel(32 + 800 + 32 + 40, 132 + 40), map.GetPixel(32 + 800 + 32 + 440, 132 + 40));
        var untouched = map.GetPixel(32 + 40, 132 + 40);

        Assert.Equal(new SKColor(200, 200, 200), untouched);
        Assert.True(left.Blue > left.Red + 60, $"blue of the first class: {left}");
        Assert.True(right.Red > right.Blue + 60, $"orange of the second class: {right}");
        // Half as sure is paler.
        Assert.True(Saturation(right) < Saturation(left));
        Assert.Equal(ReadingWriter.MapPng(Map(null)), ReadingWriter.MapPng(Map(null)));
    }

    [Fact]
    public void MapPng_OneClass_IsTheDarkerTheLikelier()
    {
        using var map = SKBitmap.Decode(ReadingWriter.MapPng(Map("wheel")));
        var (left, right) = (map.GetPixel(32 + 800 + 32 + 40, 132 + 40), map.GetPixel(32 + 800 + 32 + 440, 132 + 40));

        Assert.True(Saturation(left) > 2 * Saturation(right));
        Assert.True(Saturation(right) > 20);
    }

    [Fact]
    public void MapPng_UnknownClass_IsRefused() =>
        Assert.Contains("expected one of the classes wheel, roof, left, door; found 'sail'", Assert.Throws<ArgumentException>(() => ReadingWriter.MapPng(Map("sail"))).Message, StringComparison.Ordinal);

    private static PatchMap Map(string? name) => new()
    {
        Title = "a.png",
        Subtitle = "intact",
        Picture = [.. Gray()],
        Classes = Classes,
        Patches = [.. Patches.Select(patch => name is null ? patch.Likeliest : patch.Of(Math.Max(0, Classes.IndexOf(name))))],
        Class = name,
    };

    private static byte[] Gray()
    {
        using var bitmap = new SKBitmap(Width, Height);
        bitmap.Erase(new SKColor(200, 200, 200));
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static int Saturation(SKColor color) => Math.Max(color.Red, Math.Max(color.Green, color.Blue)) - Math.Min(color.Red, Math.Min(color.Green, color.Blue));
}
