using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProbePipeline.Features;

namespace ProbePipeline.Probes.Saving;

/// <summary>Values as texts beside tensors.</summary>
internal static class SavedText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // The loss of a probe that is certain and wrong is infinite.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    /// <exception cref="ProbeException">The file has no such text, or it cannot be read; the message names the key.</exception>
    public static T Read<T>(TensorFile file, string key)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(file.Metadata.GetValueOrDefault(key) ?? throw new JsonException("it is not there"), Json)
                ?? throw new JsonException("it is null");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ProbeException($"{key}: expected what this library writes; {error.Message}", error);
        }
    }
}
