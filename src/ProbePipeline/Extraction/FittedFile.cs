using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using ProbePipeline.Features;
using ProbePipeline.Models;

namespace ProbePipeline.Extraction;

/// <summary>
/// What was fitted on training rows, as a JSON file beside the features that are made with it. Numbers are float32, little-endian, in base 64; the text's SHA-256
/// stands beside it.
/// </summary>
internal static class FittedFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>What a file holds; null where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What is expected there, for errors: <c>an eraser</c>.</param>
    /// <exception cref="FeatureStoreException">The file is damaged.</exception>
    public static T? Read<T>(string path, string what)
        where T : class
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var stored = JsonSerializer.Deserialize<Stored<T>>(File.ReadAllBytes(path), Json);
            if (stored?.Fitted is null)
            {
                throw new JsonException("it holds nothing");
            }

            return Hash(stored.Fitted) is var found && found == stored.Hash ? stored.Fitted : throw new JsonException($"its hash is {found}, not {stored.Hash}");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NetworkInputException or ArgumentException)
        {
            throw new FeatureStoreException($"{path}: expected {what}; {error.Message}. Delete the folder to make the features anew", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeatureStoreException($"{path}: expected {what}; it cannot be read ({error.Message}). Check its permissions and its disk", error);
        }
    }

    /// <summary>Writes it wholly or not at all.</summary>
    /// <exception cref="FeatureStoreException">The file cannot be written.</exception>
    public static void Write<T>(string path, T fitted)
        where T : class => WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, new Stored<T>(Hash(fitted), fitted), Json));

    /// <summary>That something is missing which joining shards fits.</summary>
    public static FeatureStoreException NotFitted(string path, string what) => new($"{path}: expected {what} that was fitted when the shards were joined; found none; run probe merge with --join first");

    /// <summary>That the features were made with something that was fitted on other rows.</summary>
    public static FeatureStoreException FittedOnOthers(string path, string what, string fittedOn) => new(
        $"{path}: expected {what} on the training rows of this experiment; found one of {fittedOn}. Choose another output, or delete that folder to make the features anew");

    /// <summary>Numbers as they are stored.</summary>
    public static byte[] Bytes(ReadOnlySpan<float> numbers) => MemoryMarshal.AsBytes(numbers).ToArray();

    /// <summary>Numbers as they were before.</summary>
    public static ImmutableArray<float> Numbers(byte[] bytes) => [.. MemoryMarshal.Cast<byte, float>(bytes)];

    private static string Hash<T>(T fitted) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(fitted, Json)));

    /// <param name="Hash">SHA-256 of what was fitted, as this program writes it.</param>
    /// <param name="Fitted">What was fitted.</param>
    private sealed record Stored<T>(string Hash, T Fitted);
}
