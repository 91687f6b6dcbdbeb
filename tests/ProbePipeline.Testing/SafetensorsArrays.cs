using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ProbePipeline.Testing;

/// <summary>
/// A safetensors file as plain arrays. Written apart from the product's reader on purpose: a golden must not be read by what it tests.
/// </summary>
public sealed class SafetensorsArrays
{
    private readonly byte[] _bytes;
    private readonly int _data;
    private readonly Dictionary<string, (string Type, long[] Shape, int Begin, int End)> _entries = [];

    private SafetensorsArrays(byte[] bytes)
    {
        _bytes = bytes;
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        _data = 8 + header;
        using var json = JsonDocument.Parse(bytes.AsMemory(8, header));
        foreach (var entry in json.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
        {
            var offsets = entry.Value.GetProperty("data_offsets");
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            _entries[entry.Name] = (entry.Value.GetProperty("dtype").GetString()!, shape, offsets[0].GetInt32(), offsets[1].GetInt32());
        }
    }

    public IEnumerable<string> Names => _entries.Keys.Order(StringComparer.Ordinal);

    public static SafetensorsArrays Read(string path) => new(File.ReadAllBytes(path));

    public bool Contains(string name) => _entries.ContainsKey(name);

    public long[] Shape(string name) => _entries[name].Shape;

    /// <summary>F32, F16, BF16, I64, U8, ... as the file says.</summary>
    public string ElementType(string name) => _entries[name].Type;

    /// <summary>The stored elements as floats (F32, F16, BF16, F64).</summary>
    public float[] Floats(string name) => _entries[name].Type switch
    {
        "F32" => MemoryMarshal.Cast<byte, float>(Raw(name)).ToArray(),
        "F16" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(Raw(name)).ToArray(), half => (float)half),
        "BF16" => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(Raw(name)).ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
        "F64" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(Raw(name)).ToArray(), value => (float)value),
        var other => throw new InvalidDataException($"{name} holds {other}, no floats."),
    };

    /// <summary>The stored elements as integers (I64, I32, U8, BOOL).</summary>
    public long[] Integers(string name) => _entries[name].Type switch
    {
        "I64" => MemoryMarshal.Cast<byte, long>(Raw(name)).ToArray(),
        "I32" => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(Raw(name)).ToArray(), value => (long)value),
        "U8" or "BOOL" => Array.ConvertAll(Raw(name).ToArray(), value => (long)value),
        var other => throw new InvalidDataException($"{name} holds {other}, no integers."),
    };

    /// <summary>The stored bytes, row-major, little-endian.</summary>
    public ReadOnlySpan<byte> Raw(string name)
    {
        var (_, _, begin, end) = _entries[name];
        return _bytes.AsSpan(_data + begin, end - begin);
    }
}
