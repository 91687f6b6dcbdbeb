using System.Security.Cryptography;
using System.Text.Json;
using ProbePipeline.Inputs.Datasets.Ade20kParts;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Datasets.Ade20kParts;

/// <summary>A part picture by the published encoding.</summary>
[Trait("Category", "Golden")]
public sealed class Ade20kGoldenTests
{
    [Fact]
    public void WhereClass_EveryClass_IsTheReferences()
    {
        var labels = new AdeLabels(PictureDecoder.Decode(Path.Combine(Goldens.Folder("datasets", "ade20k"), "example_parts_1.png")));
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Goldens.Folder("datasets", "ade20k"), "expected.json"))).RootElement.GetProperty("classes");
        Assert.NotEmpty(expected.EnumerateArray());
        Assert.All(expected.EnumerateArray(), golden =>
        {
            var mask = labels.WhereClass(golden.GetProperty("class").GetInt32());
            Assert.Equal(golden.GetProperty("pixels").GetInt32(), mask.Area);
            Assert.Equal(golden.GetProperty("mask_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(mask.Bits))[..16]);
        });
    }
}
