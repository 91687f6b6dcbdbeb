using System.Collections.Immutable;
using System.Text.Json;

namespace ProbePipeline.Features;

/// <summary>The rows as <c>rows.jsonl</c>: <c>["id", image, "attribute", ...]</c> a line.</summary>
internal static class RowFile
{
    /// <summary>Compares rows by value, attributes too.</summary>
    public static EqualityComparer<FeatureRow> Comparer { get; } = EqualityComparer<FeatureRow>.Create(
        (one, other) => one!.Id == other!.Id && one.Image == other.Image && one.Attributes.SequenceEqual(other.Attributes), row => row.Id.GetHashCode(StringComparison.Ordinal));

    public static void Write(string path, ImmutableArray<FeatureRow> rows) => WholeFile.Write(path, stream =>
    {
        foreach (var row in rows)
        {
            JsonSerializer.Serialize(stream, (object[])[row.Id, row.Image, .. row.Attributes]);
            stream.WriteByte((byte)'\n');
        }
    });

    public static ImmutableArray<FeatureRow> Read(string path, FeatureManifest manifest)
    {
        var rows = ImmutableArray.CreateBuilder<FeatureRow>(manifest.RowCount);
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                var values = JsonSerializer.Deserialize<JsonElement[]>(line)!;
                rows.Add(new FeatureRow(values[0].GetString()!, values[1].GetInt32(), [.. values.Skip(2).Select(value => value.GetString()!)]));
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException or FileNotFoundException)
        {
            throw new FeatureStoreException($"{path}, line {rows.Count + 1}: expected the row of a feature store, [\"id\", image, \"attribute\", ...]; {error.Message}", error);
        }

        Require(manifest, rows.ToImmutable());
        return rows.ToImmutable();
    }

    /// <exception cref="FeatureStoreException">The rows are not those that the manifest describes.</exception>
    public static void Require(FeatureManifest manifest, ImmutableArray<FeatureRow> rows)
    {
        if (rows.Length != manifest.RowCount)
        {
            throw new FeatureStoreException($"expected {manifest.RowCount} rows, as the chunks hold; found {rows.Length}");
        }

        if (rows.FirstOrDefault(row => row.Attributes.Length != manifest.AttributeNames.Length) is { } odd)
        {
            throw new FeatureStoreException($"row {odd.Id}: expected {manifest.AttributeNames.Length} attributes ({string.Join(", ", manifest.AttributeNames)}); found {odd.Attributes.Length}");
        }

        if (rows.GroupBy(row => row.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new FeatureStoreException($"row {twice.Key}: expected every row to have a name of its own; found {twice.Count()} rows of this name");
        }
    }
}
