using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace ProbePipeline.Features;

/// <summary>The beginning of a safetensors file (https://huggingface.co/docs/safetensors): the length of a JSON text, and the text.</summary>
internal static class SafetensorsHeader
{
    /// <summary>The key of a file's own texts among its tensors.</summary>
    public const string Metadata = "__metadata__";

    /// <summary>Bytes of the length of the JSON text, which comes before it.</summary>
    public const int LengthBytes = 8;

    /// <param name="tensors">The tensors in the order of their data, which lie close together.</param>
    /// <param name="metadata">The file's own texts, by name.</param>
    public static byte[] Write(IEnumerable<(string Name, string Type, int[] Shape, long Bytes)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var json = new JsonObject { [Metadata] = new JsonObject(metadata.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)JsonValue.Create(text.Value)))) };
        var offset = 0L;
        foreach (var (name, type, shape, bytes) in tensors)
        {
            json[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. shape.Select(length => (JsonNode)JsonValue.Create(length))]),
                ["data_offsets"] = new JsonArray(offset, offset += bytes),
            };
        }

        var text = Encoding.UTF8.GetBytes(json.ToJsonString());
        // Data begin at a multiple of eight, so that they can be mapped.
        var header = new byte[LengthBytes + ((text.Length + 7) / 8 * 8)];
        header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - LengthBytes);
        text.CopyTo(header, LengthBytes);
        return header;
    }
}
