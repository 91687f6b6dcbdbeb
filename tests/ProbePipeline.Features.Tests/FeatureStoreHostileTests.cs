using System.Text.Json.Nodes;
using ProbePipeline.Testing;

namespace ProbePipeline.Features.Tests;

[Collection(HostileInputCollection.Name)]
public sealed class FeatureStoreHostileTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    [Fact]
    public void Open_MutatedManifest_IsReadOrRefusedByName()
    {
        _temporary.Full();
        Check(Path.Combine(_temporary.Folder, "manifest.json"), _ => { });
    }

    /// <summary>Rows with a checksum that fits them: whoever writes a store can write that too.</summary>
    [Fact]
    public void Open_MutatedRows_AreReadOrRefusedByName()
    {
        _temporary.Full();
        var path = Path.Combine(_temporary.Folder, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        Check(Path.Combine(_temporary.Folder, "rows.jsonl"), rows =>
        {
            manifest["rowsChecksum"] = Checksum.Of(rows);
            File.WriteAllText(path, manifest.ToJsonString());
        });
    }

    [Fact]
    public void Read_MutatedChunk_IsReadOrRefusedByName()
    {
        _temporary.Full();
        Check(_temporary.Chunk(0, 0), _ => { });
    }

    [Fact]
    public void Parse_MutatedTensorFile_IsReadOrRefusedByName()
    {
        byte[] header = [.. """{"__metadata__":{"format":"text"},"mean":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"weights":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]}}"""u8];
        HostileInputs.Check(
            text =>
            {
                var tensors = TensorFile.Parse([.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[16]], "hostile.safetensors");
                tensors.Values<double>("mean", -1);
                tensors.Values<float>("weights", -1, -1);
            },
            "hostile.safetensors",
            [typeof(FeatureStoreException)],
            header);
        HostileInputs.Check(
            file => TensorFile.Parse(file, "hostile.safetensors"),
            "hostile.safetensors",
            [typeof(FeatureStoreException)],
            TensorFile.ToBytes(new Dictionary<string, string> { ["format"] = "text" }, [new NamedTensor("mean", [2], [1.0, 2])]));
    }

    /// <summary>A hundred thousand lists in each other would end the process where something follows them by calling itself.</summary>
    [Theory]
    [InlineData("manifest.json", "{{\"inputs\": {0}}}")]
    [InlineData("rows.jsonl", "{0}")]
    public void Open_DeeplyNestedFile_IsRefused(string name, string form)
    {
        _temporary.Full();
        var path = Path.Combine(_temporary.Folder, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        var file = System.Text.Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, new string('[', 100_000) + new string(']', 100_000)));
        manifest["rowsChecksum"] = Checksum.Of(file);
        File.WriteAllText(path, manifest.ToJsonString());
        File.WriteAllBytes(Path.Combine(_temporary.Folder, name), file);
        var error = Assert.Throws<FeatureStoreException>(() => FeatureStore.Open(_temporary.Folder).Rows);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A manifest of a few bytes that describes more rows than memory holds.</summary>
    [Theory]
    [InlineData("[2000000000]", "expected chunks of which no column has more than")]
    [InlineData("[2000000000, 2000000000]", "expected numbers of rows that add up to 2147483647 at most")]
    [InlineData("[-3, 8]", "expected numbers of rows")]
    [InlineData("[100000000]", "rows.jsonl: expected 100000000 rows, as the chunks hold; found 5")]
    public void Open_ManifestOfBillionsOfRows_IsRefused(string chunks, string message)
    {
        _temporary.Full();
        var path = Path.Combine(_temporary.Folder, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        manifest["chunkRows"] = JsonNode.Parse(chunks);
        HostileInputs.Check(
            [(chunks, System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString()))],
            file =>
            {
                File.WriteAllBytes(path, file);
                Assert.Contains(message, Assert.Throws<FeatureStoreException>(() => FeatureStore.Open(_temporary.Folder).Rows).Message, StringComparison.Ordinal);
            },
            "",
            []);
    }

    public void Dispose() => _temporary.Dispose();

    private void Check(string path, Action<byte[]> beside) => HostileInputs.Check(
        file =>
        {
            File.WriteAllBytes(path, file);
            beside(file);
            var store = FeatureStore.Open(_temporary.Folder);
            Assert.All(store.Faults(), fault => Assert.Contains(_temporary.Folder, fault, StringComparison.Ordinal));
            Assert.False(store.Rows.IsDefault);
            Assert.NotEmpty(store.Hash());
            foreach (var (condition, column) in from condition in store.Manifest.Conditions from column in store.Manifest.Columns select (condition, column))
            {
                _ = column.Type == FeatureType.Float32 ? store.Read<float>(condition, column.Name).Length : store.Read<int>(condition, column.Name).Length;
                using var cursor = store.View(condition).GetRowCursor(store.View(condition).Schema);
                while (cursor.MoveNext())
                {
                    Assert.True(cursor.Position >= 0);
                }
            }
        },
        "",
        [typeof(FeatureStoreException)],
        File.ReadAllBytes(path));
}
