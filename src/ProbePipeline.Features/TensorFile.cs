using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ProbePipeline.Features;

/// <summary>
/// Named tensors of float32 and float64 with texts beside them, as one safetensors file (https://huggingface.co/docs/safetensors) that other software
/// reads too. Equal contents give equal bytes. The checksum of the whole file stands among its texts; a file without one is somebody else's, and is taken as it is.
/// </summary>
public sealed class TensorFile
{
    private const int LengthBytes = SafetensorsHeader.LengthBytes;

    private const string ChecksumKey = "xxh128";

    private readonly string _name;
    private readonly byte[] _bytes;
    private readonly Dictionary<string, (string Type, int[] Shape, int Begin, int End)> _tensors = [];

    private TensorFile(byte[] bytes, string name)
    {
        (_bytes, _name) = (bytes, name);
        var length = bytes.Length < LengthBytes ? 0 : BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (length < 2 || length > bytes.Length - LengthBytes)
        {
            throw Damaged($"a header of {length} bytes in a file of {bytes.Length}");
        }

        try
        {
            using var header = JsonDocument.Parse(bytes.AsMemory(LengthBytes, (int)length));
            Metadata = header.RootElement.TryGetProperty(SafetensorsHeader.Metadata, out var texts)
                ? texts.EnumerateObject().ToImmutableDictionary(text => text.Name, text => text.Value.GetString() ?? throw new FormatException(text.Name))
                : ImmutableDictionary<string, string>.Empty;
            RequireWhole();
            Metadata = Metadata.Remove(ChecksumKey);
            foreach (var tensor in header.RootElement.EnumerateObject().Where(tensor => tensor.Name != SafetensorsHeader.Metadata))
            {
                Add(tensor, LengthBytes + (int)length);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw Damaged("a header that cannot be read", error);
        }
    }

    /// <summary>The texts beside the tensors, by name.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>The file's bytes.</summary>
    /// <param name="metadata">Texts by name, written in their order.</param>
    /// <param name="tensors">The tensors, each under a name of its own.</param>
    /// <exception cref="ArgumentException">Two have one name.</exception>
    public static byte[] ToBytes(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor> tensors)
    {
        if (tensors.CountBy(tensor => tensor.Name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice })
        {
            throw new ArgumentException($"expected a name of its own for every tensor; found '{twice}' twice", nameof(tensors));
        }

        using var stream = new MemoryStream();
        var texts = new OrderedDictionary<string, string>(metadata) { [ChecksumKey] = Checksum.Blank };
        stream.Write(SafetensorsHeader.Write(tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.Shape.ToArray(), (long)tensor.Bytes.Length)), texts));
        foreach (var tensor in tensors)
        {
            stream.Write(tensor.Bytes);
        }

        var bytes = stream.ToArray();
        var place = PlaceOfChecksum(bytes, Checksum.Blank);
        Encoding.ASCII.GetBytes(Checksum.OfRest(bytes, place), bytes.AsSpan(place));
        return bytes;
    }

    /// <summary>Writes a file that is there wholly or not at all; its folder is made where it is missing.</summary>
    /// <inheritdoc cref="ToBytes"/>
    public static void Write(string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor> tensors) =>
        WholeFile.Write(path, ToBytes(metadata, tensors));

    /// <summary>Reads a file.</summary>
    /// <exception cref="FeatureStoreException">The file is missing, unreadable, damaged, or no safetensors file.</exception>
    public static TensorFile Read(string path)
    {
        try
        {
            return new TensorFile(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeatureStoreException($"{path}: the file cannot be read ({error.Message}); check its path and permissions", error);
        }
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">How messages name it.</param>
    /// <exception cref="FeatureStoreException">It is no safetensors file, or damaged.</exception>
    public static TensorFile Parse(byte[] bytes, string name) => new(bytes, name);

    /// <summary>The numbers of a tensor of float32 or float64, row-major.</summary>
    /// <typeparam name="T">float or double, as the tensor's type is.</typeparam>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="shape">The shape that it has to have; -1: any length.</param>
    /// <exception cref="FeatureStoreException">There is no such tensor, or it has another type or shape.</exception>
    public T[] Values<T>(string tensor, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        if (!_tensors.TryGetValue(tensor, out var found))
        {
            throw new FeatureStoreException($"{_name}: expected a tensor '{tensor}'; found {(_tensors.Count == 0 ? "none" : string.Join(", ", _tensors.Keys.Take(8)))}");
        }

        var type = typeof(T) == typeof(float) ? "F32" : "F64";
        var fits = found.Type == type && found.Shape.Length == shape.Length;
        for (var axis = 0; fits && axis < shape.Length; axis++)
        {
            fits = shape[axis] < 0 || shape[axis] == found.Shape[axis];
        }

        return fits
            ? MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(found.Begin..found.End)).ToArray()
            : throw new FeatureStoreException(
                $"{_name}: {tensor}: expected {type} [{string.Join(", ", shape.ToArray().Select(length => length < 0 ? "any" : $"{length}"))}]; found {found.Type} [{string.Join(", ", found.Shape)}]");
    }

    private static Range PlaceOfChecksum(byte[] bytes, string checksum)
    {
        var text = Encoding.ASCII.GetBytes($"\"{ChecksumKey}\":\"{checksum}\"");
        var end = bytes.AsSpan().IndexOf(text) + text.Length - 1;
        return end < text.Length ? throw new FormatException(checksum) : (end - checksum.Length)..end;
    }

    private void RequireWhole()
    {
        if (Metadata.GetValueOrDefault(ChecksumKey) is { } expected && Checksum.OfRest(_bytes, PlaceOfChecksum(_bytes, expected)) is var found && found != expected)
        {
            throw Damaged($"one with the checksum {found}, not {expected}");
        }
    }

    private void Add(JsonProperty tensor, int data)
    {
        var type = tensor.Value.GetProperty("dtype").GetString()!;
        int[] shape = [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];
        var offsets = tensor.Value.GetProperty("data_offsets");
        var (begin, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        var bytes = shape.Aggregate(type switch { "F32" => 4L, "F64" => 8L, _ => throw new FormatException(type) }, (product, length) => checked(product * length));
        if (shape.Any(length => length < 0) || begin < 0 || end - begin != bytes || end > _bytes.Length - data)
        {
            throw Damaged($"the tensor '{tensor.Name}' of {type} [{string.Join(", ", shape)}] at bytes {begin} to {end} of {_bytes.Length - data}");
        }

        _tensors.Add(tensor.Name, (type, shape, data + (int)begin, data + (int)end));
    }

    private FeatureStoreException Damaged(string found, Exception? cause = null) =>
        new($"{_name}: expected a whole safetensors file; found {found}; restore the file, or make it anew", cause);
}
