using System.Security.Cryptography;
using System.Text.Json;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Regions;

/// <summary>Masks as pycocotools decodes and draws them.</summary>
[Trait("Category", "Golden")]
public sealed class CocoMaskGoldenTests
{
    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Goldens.Folder("datasets"), "coco.json"))).RootElement;

    [Fact]
    public void FromText_EveryMask_IsTheReferences() => Each("rle", golden => RunLengthMask.FromText(Size(golden), golden.GetProperty("compressed").GetString()!));

    [Fact]
    public void FromRuns_EveryMask_IsTheReferences() => Each("rle", golden => RunLengthMask.FromRuns(Size(golden), [.. golden.GetProperty("uncompressed").EnumerateArray().Select(run => run.GetInt64())]));

    [Fact]
    public void Of_EveryPolygon_IsTheReferences() => Each("polygons", golden => PolygonMask.Of(
        Size(golden), golden.GetProperty("polygons").EnumerateArray().Select(polygon => polygon.EnumerateArray().Select(number => number.GetDouble()).ToArray())));

    [Fact]
    public void Bounds_EveryMask_AreTheReferences() => Assert.All(Expected.GetProperty("rle").EnumerateArray(), golden =>
    {
        var bounds = RunLengthMask.FromText(Size(golden), golden.GetProperty("compressed").GetString()!).Bounds;
        Assert.Equal(
            golden.GetProperty("bbox").EnumerateArray().Select(number => number.GetDouble()),
            [bounds.Left, bounds.Top, bounds.Right - bounds.Left, bounds.Bottom - bounds.Top]);
    });

    private static void Each(string kind, Func<JsonElement, RegionMask> read)
    {
        Assert.NotEmpty(Expected.GetProperty(kind).EnumerateArray());
        Assert.All(Expected.GetProperty(kind).EnumerateArray(), golden =>
        {
            var mask = read(golden);
            Assert.Equal(golden.GetProperty("area").GetInt32(), mask.Area);
            Assert.Equal(golden.GetProperty("mask_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(mask.Bits))[..16]);
        });
    }

    private static PictureSize Size(JsonElement golden) => new(golden.GetProperty("size")[0].GetInt32(), golden.GetProperty("size")[1].GetInt32());
}
