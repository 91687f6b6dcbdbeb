using System.Collections.Immutable;

namespace ProbePipeline.Features.Tests;

/// <summary>A folder for a store of five rows in two chunks, two conditions, and two columns.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public TemporaryStore() => Folder = Directory.CreateTempSubdirectory("features-").FullName;

    public static FeatureManifest Manifest { get; } = new()
    {
        Inputs = new() { ["model"] = "abc", ["dataset"] = "def" },
        Conditions = ["intact", "cut/all"],
        Columns = [new("projector", FeatureType.Float32, 3), new("lens.rank", FeatureType.Int32, 2) { SlotNames = ["layer 0", "layer 1"] }],
        AttributeNames = ["part"],
        ChunkRows = [3, 2],
    };

    public static ImmutableArray<FeatureRow> Rows { get; } = [.. Enumerable.Range(0, 5).Select(row => new FeatureRow($"row-{row}", row / 2, [row % 2 == 0 ? "wheel" : "roof, left"]))];

    public string Folder { get; }

    /// <summary>Value i of row r is 10 r + i; under the second condition a hundred more.</summary>
    public static FeatureValues Values(int chunk, string condition)
    {
        var offset = condition == "intact" ? 0 : 100;
        var rows = Enumerable.Range(chunk == 0 ? 0 : 3, chunk == 0 ? 3 : 2).ToArray();
        var values = new FeatureValues();
        values.Set("projector", [.. rows.SelectMany(row => Enumerable.Range(0, 3).Select(slot => (float)(offset + (10 * row) + slot)))]);
        values.Set("lens.rank", [.. rows.SelectMany(row => Enumerable.Range(0, 2).Select(slot => offset + (10 * row) + slot))]);
        return values;
    }

    public FeatureStore Begin() => FeatureStore.Begin(Folder, Manifest, Rows);

    public FeatureStore Full()
    {
        var store = Begin();
        foreach (var condition in Manifest.Conditions)
        {
            store.Write(0, condition, Values(0, condition));
            store.Write(1, condition, Values(1, condition));
        }

        return store;
    }

    public string Chunk(int chunk, int condition) => Directory.GetFiles(Folder, $"chunk-{chunk:d5}.{condition}-*").Single();

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
