using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProbePipeline.Features;

/// <summary>A manifest as <c>manifest.json</c>.</summary>
internal static class ManifestFile
{
    private const int LargestFile = 64 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    public static string In(string folder) => Path.Combine(folder, "manifest.json");

    public static void Write(string folder, FeatureManifest manifest) => WholeFile.Write(In(folder), stream => JsonSerializer.Serialize(stream, manifest, Json));

    /// <summary>What the features depend on, as bytes to hash: the same for a run that was stopped, or had less memory, and one that was not.</summary>
    public static byte[] Bytes(FeatureManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest with { BatchSizes = null }, Json);

    public static FeatureManifest Read(string folder)
    {
        var path = In(folder);
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > LargestFile)
            {
                throw new FeatureStoreException($"{path}: expected the manifest of a feature store, at most {LargestFile} bytes; found {stream.Length}");
            }

            var manifest = JsonSerializer.Deserialize<FeatureManifest>(stream, Json) ?? throw new JsonException("it holds nothing");
            if (manifest.FormatVersion != FeatureManifest.CurrentFormatVersion)
            {
                throw new FeatureStoreException(
                    $"{path}: expected format version {FeatureManifest.CurrentFormatVersion}; found {manifest.FormatVersion}; make the features anew, or use the version that wrote them");
            }

            return manifest.Contradiction() is { } contradiction
                ? throw new FeatureStoreException($"{path}: expected the manifest of a feature store; {contradiction}; restore the file, or make the features anew")
                : manifest;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FeatureStoreException($"{path}: expected the manifest of a feature store; {error.Message}", error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FeatureStoreException($"{folder}: expected a feature store; found no manifest.json; run an experiment first", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeatureStoreException($"{path}: the manifest cannot be read ({error.Message}); check its permissions and its disk", error);
        }
    }

    /// <summary>In words what is not the same.</summary>
    public static IEnumerable<string> Changes(FeatureManifest before, FeatureManifest now)
    {
        foreach (var name in before.Inputs.Keys.Union(now.Inputs.Keys))
        {
            var (old, current) = (before.Inputs.GetValueOrDefault(name), now.Inputs.GetValueOrDefault(name));
            if (old != current)
            {
                yield return $"{name} was {old ?? "not there"} and is {current ?? "not there"}";
            }
        }

        foreach (var (what, old, current) in Parts(before).Zip(Parts(now), (one, other) => (one.What, one.Text, other.Text)))
        {
            if (old != current)
            {
                yield return $"{what} were {old} and are {current}";
            }
        }
    }

    private static IEnumerable<(string What, string Text)> Parts(FeatureManifest manifest) =>
    [
        ("conditions", string.Join(", ", manifest.Conditions)),
        ("columns", string.Join(", ", manifest.Columns.Select(column => $"{column.Name} [{column.Width}]{string.Concat(column.SlotNames.Select(name => $" {name}"))}"))),
        ("attributes", string.Join(", ", manifest.AttributeNames)),
        ("chunks", string.Join(", ", manifest.ChunkRows.GroupBy(rows => rows).Select(group => $"{group.Count()} x {group.Key} rows"))),
    ];
}
