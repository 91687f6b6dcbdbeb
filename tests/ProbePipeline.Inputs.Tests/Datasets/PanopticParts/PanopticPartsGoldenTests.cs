using System.Security.Cryptography;
using System.Text.Json;
using ProbePipeline.Inputs.Datasets.PanopticParts;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Datasets.PanopticParts;

/// <summary>Labels as panoptic_parts decodes them.</summary>
[Trait("Category", "Golden")]
public sealed class PanopticPartsGoldenTests
{
    private static readonly string Folder = Goldens.Folder("datasets", "panoptic-parts");

    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json"))).RootElement;

    [Theory]
    [InlineData("decode")]
    [InlineData("uids")]
    public void Of_EveryLabel_IsTheReferences(string list)
    {
        Assert.NotEmpty(Expected.GetProperty(list).EnumerateArray());
        Assert.All(Expected.GetProperty(list).EnumerateArray(), golden =>
        {
            var uid = PanopticUid.Of(Number(golden, "uid"));
            Assert.Equal((Number(golden, "sid"), Number(golden, "iid"), Number(golden, "pid")), (uid.Semantic, uid.Instance ?? -1, uid.Part ?? -1));
        });
    }

    [Theory]
    [InlineData("label.tif")]
    [InlineData("label-lzw.tif")]
    public void Read_Tiff_IsTheReferencesLabels(string file)
    {
        var grid = LabelFile.Read(Path.Combine(Folder, file));
        Assert.Equal((Expected.GetProperty("size")[0].GetInt32(), Expected.GetProperty("size")[1].GetInt32()), (grid.Size.Height, grid.Size.Width));
        Assert.Equal(Expected.GetProperty("uids").EnumerateArray().Select(golden => Number(golden, "uid")).Order(), grid.Values.Distinct().Order());
        Assert.All(Expected.GetProperty("uids").EnumerateArray(), golden =>
        {
            var mask = grid.Where(Number(golden, "uid"));
            Assert.Equal(Number(golden, "pixels"), mask.Area);
            Assert.Equal(golden.GetProperty("mask_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(mask.Bits))[..16]);
        });
    }

    private static int Number(JsonElement golden, string name) => golden.GetProperty(name).GetInt32();
}
