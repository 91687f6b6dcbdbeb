using System.Security.Cryptography;
using System.Text.Json;
using ProbePipeline.Inputs.Datasets.Manifest;
using ProbePipeline.Inputs.Datasets.Tables;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Datasets.Tables;

/// <summary>Files that the Hugging Face datasets library wrote.</summary>
[Trait("Category", "Golden")]
public sealed class ParquetTableGoldenTests
{
    private static readonly string Folder = Goldens.Folder("datasets", "hf-parquet");

    private static readonly JsonElement[] Expected = [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json"))).RootElement.GetProperty("rows").EnumerateArray()];

    [Fact]
    public void Rows_EveryColumn_HoldWhatWasWritten()
    {
        var table = TableFile.Open(Folder, "*.parquet");
        var rows = table.Rows(new HashSet<string>()).ToArray();
        Assert.Equal(Expected.Length, rows.Length);
        Assert.All(rows.Zip(Expected), pair =>
        {
            var (row, golden) = pair;
            Assert.Equal(golden.GetProperty("name").GetString(), row["name"]);
            Assert.Equal(golden.GetProperty("score").GetDouble(), Assert.IsType<double>(row["score"]), 1e-7);
            Assert.Equal(golden.GetProperty("label").GetString(), table.ClassNames["label"][(int)Assert.IsType<long>(row["label"])]);
            Assert.Equal(
                golden.GetProperty("boxes").EnumerateArray().Select(box => box.EnumerateArray().Select(number => number.GetInt64()).ToArray()),
                Assert.IsType<object?[]>(row["boxes"]).Select(box => Assert.IsType<object?[]>(box).Select(Assert.IsType<long>).ToArray()));
        });
    }

    [Fact]
    public void Pictures_OfTheDataset_AreTheReferencesPixelsMasksAndLabels()
    {
        var dataset = new ManifestDataset(new ManifestOptions { Path = Folder });
        var pictures = dataset.Pictures.ToArray();
        Assert.Equal(Expected.Length, pictures.Length);
        Assert.All(pictures.Zip(Expected), pair =>
        {
            var (picture, golden) = pair;
            var part = Assert.Single(picture.Parts);
            Assert.Equal(golden.GetProperty("rgb_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(picture.Load().Pixels)));
            Assert.Equal(golden.GetProperty("mask_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(part.Mask.Bits))[..16]);
            Assert.Equal(golden.GetProperty("label").GetString(), part.Attributes["label"]);
            Assert.Equal(golden.GetProperty("name").GetString() ?? "", part.Attributes["name"]);
        });
        Assert.Equal(["label", "name", "score"], dataset.Attributes.Select(attribute => attribute.Name));
        Assert.Equal(["wheel", "door", "roof"], dataset.Attributes[0].Values);
    }

    [Fact]
    public void Pictures_SomeFiles_AreTheirRowsAlone() =>
        Assert.Equal(Expected.Length - 4, new ManifestDataset(new ManifestOptions { Path = Folder, Files = "*-00001-of-*.parquet" }).PictureCount);
}
