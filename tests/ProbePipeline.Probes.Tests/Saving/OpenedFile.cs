using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProbePipeline.Testing;

namespace ProbePipeline.Probes.Tests.Saving;

/// <summary>A safetensors file that was saved, to be changed and put together again. It loses its checksum: a file without one is taken as it is.</summary>
internal sealed class OpenedFile
{
    public OpenedFile(byte[] whole)
    {
        var length = (int)BitConverter.ToInt64(whole);
        Header = JsonNode.Parse(whole.AsSpan(8, length))!.AsObject();
        Header["__metadata__"]!.AsObject().Remove("xxh128");
        Tensors = whole[(8 + length)..];
    }

    public JsonObject Header { get; }

    public byte[] Tensors { get; }

    public string this[string key]
    {
        get => Header["__metadata__"]![key]!.GetValue<string>();
        set => Header["__metadata__"]![key] = value;
    }

    public byte[] ToBytes() => ToBytes(JsonSerializer.SerializeToUtf8Bytes(Header));

    /// <summary>Mutates a text of the metadata, which is JSON within the header's JSON, or the header itself.</summary>
    /// <param name="key">Which text; null: the header.</param>
    /// <param name="read">Reads a file named hostile.safetensors.</param>
    public void CheckMutated(string? key, Action<byte[]> read) => HostileInputs.Check(
        text =>
        {
            if (key is null)
            {
                read(ToBytes(text));
                return;
            }

            this[key] = Encoding.UTF8.GetString(text);
            read(ToBytes());
        },
        "hostile.safetensors",
        [typeof(ProbeException)],
        key is null ? JsonSerializer.SerializeToUtf8Bytes(Header) : Encoding.UTF8.GetBytes(this[key]));

    private byte[] ToBytes(byte[] header) => [.. BitConverter.GetBytes((long)header.Length), .. header, .. Tensors];
}
