using System.Collections.Immutable;
using System.Text.Json;

namespace ProbePipeline.Features;

/// <summary>The rows as <c>rows.jsonl</c>: <c>["id", image, "attribute", ...]</c> a line.</summary>
internal static class RowFile
{
    /// <summary>Compares rows by value, attributes too.</summary>
    public static EqualityComparer<FeatureRow> Comparer { get; } = EqualityComparer<FeatureRow>.Create(
        (one, other) => one!.Id == other!.Id && one.Image == other.Image && one.Attributes.SequenceEqual(other.Attributes), row => row.Id.GetHashCode(StringComparison.Ordinal));

    /// <returns>The file's checksum.</returns>
    public static string Write(string path, ImmutableArray<FeatureRow> rows)
    {
        using var text = new MemoryStream();
        foreach (var row in rows)
        {
            JsonSerializer.Serialize(text, (object[])[row.Id, row.Image, .. row.Attributes]);
            text.WriteByte((byte)'\n');
        }

        var bytes = text.ToArray();
        WholeFile.Write(path, bytes);
        return Checksum.Of(bytes);
    }

    public static ImmutableArray<FeatureRow> Read(string path, FeatureManifest manifest)
    {
        var rows = ImmutableArray.CreateBuilder<FeatureRow>();
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (Checksum.Of(bytes) is var found && found != manifest.RowsChecksum)
            {
                throw new FeatureStoreException(
                    $"{path}: expected the rows that the manifest describes, with the checksum {manifest.RowsChecksum ?? "that it lacks"}; found {found}; restore the file, or delete the folder to make the features anew");
            }

            using var lines = new StreamReader(new MemoryStream(bytes));
            while (lines.ReadLine() is { } line)
            {
                var values = JsonSerializer.Deserialize<JsonElement[]>(line) ?? [];
                rows.Add(new FeatureRow(Text(values[0]), values[1].GetInt32(), [.. values.Skip(2).Select(Text)]));
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new FeatureStoreException($"{path}, line {rows.Count + 1}: expected the row of a feature store, [\"id\", image, \"attribute\", ...]; {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeatureStoreException($"{path}: the rows of a feature store cannot be read ({error.Message}); restore the file, or delete the folder to make the features anew", error);
        }

        Require(manifest, rows.ToImmutable(), path);
        return rows.ToImmutable();
    }

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("found null for a text");

    /// <exception cref="FeatureStoreException">The rows are not those that the manifest describes.</exception>
    public static void Require(FeatureManifest manifest, ImmutableArray<FeatureRow> rows, string where = "rows")
    {
        if (rows.Length != manifest.RowCount)
        {
            throw new FeatureStoreException($"{where}: expected {manifest.RowCount} rows, as the chunks hold; found {rows.Length}");
        }

        if (rows.FirstOrDefault(row => row.Attributes.Length != manifest.AttributeNames.Length) is { } odd)
        {
            throw new FeatureStoreException($"{where}: row {odd.Id}: expected {manifest.AttributeNames.Length} attributes ({string.Join(", ", manifest.AttributeNames)}); found {odd.Attributes.Length}");
        }

        if (rows.GroupBy(row => row.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new FeatureStoreException($"{where}: row {twice.Key}: expected every row to have a name of its own; found {twice.Count()} rows of this name");
        }
    }
}
