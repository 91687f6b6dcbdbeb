using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProbePipeline.Reports.Storage;

/// <summary>Bytes as base64 instead of one number a line.</summary>
internal sealed class Base64BytesConverter : JsonConverter<ImmutableArray<byte>>
{
    public override ImmutableArray<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes)
            ? ImmutableArray.Create(bytes)
            : throw new JsonException("a picture is a string in base64");

    public override void Write(Utf8JsonWriter writer, ImmutableArray<byte> value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.AsSpan());
}
