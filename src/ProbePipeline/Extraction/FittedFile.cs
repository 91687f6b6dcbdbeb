using System.Text.Json;
using ProbePipeline.Features;
using ProbePipeline.Models;

namespace ProbePipeline.Extraction;

/// <summary>What was fitted on training rows, as a JSON file beside the features that are made with it. Numbers are float32, little-endian, in base 64.</summary>
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
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json) ?? throw new JsonException("it holds nothing");
        }
        catch (Exception error) when (error is JsonException or NetworkInputException or ArgumentException)
        {
            throw new FeatureStoreException($"{path}: expected {what}; {error.Message}. Delete the folder to make the features anew", error);
        }
    }

    /// <summary>Writes it under a temporary name first: half a file is never read.</summary>
    public static void Write<T>(string path, T fitted)
    {
        var temporary = $"{path}.tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, fitted, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>That the features were made with something that was fitted on other rows.</summary>
    public static FeatureStoreException FittedOnOthers(string path, string what, string fittedOn) => new(
        $"{path}: expected {what} on the training rows of this experiment; found one of {fittedOn}. Choose another output, or delete that folder to make the features anew");
}
