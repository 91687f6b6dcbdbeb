using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>
/// The header of a safetensors file: eight bytes of length, JSON of that length, then the tensors' bytes
/// (huggingface/safetensors 0.6, README, "Format"). The bytes must be used wholly: no holes, no overlaps, nothing behind.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The format's own limit.</summary>
    private const long LongestHeader = 100_000_000;

    /// <summary>The tensors of a file, in the order of their bytes.</summary>
    /// <exception cref="CheckpointException">The file is not a whole and valid one.</exception>
    public static ImmutableArray<StoredTensor> Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> lengthBytes = stackalloc byte[8];
            if (file.ReadAtLeast(lengthBytes, 8, throwOnEndOfStream: false) < 8)
            {
                throw new CheckpointException($"{path}: expected a safetensors file, which begins with the eight bytes of a length; found a file of {file.Length} bytes. Download it again");
            }

            var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
            if (length > LongestHeader)
            {
                throw new CheckpointException($"{path}: expected a header of at most {LongestHeader} bytes, found a length of {length}; this is no safetensors file");
            }

            var begin = 8 + (long)length;
            if (begin > file.Length)
            {
                throw new CheckpointException($"{path}: the header should be {length} bytes long, but the whole file has {file.Length}; it is truncated. Download it again");
            }

            var header = new byte[length];
            file.ReadExactly(header);
            return Validate(JsonFile.Parse(header, $"{path}: header"), path, begin, file.Length - begin);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static ImmutableArray<StoredTensor> Validate(JsonElement header, string path, long begin, long available)
    {
        ImmutableArray<StoredTensor> tensors =
        [
            .. header.EnumerateObject().Where(entry => entry.Name != "__metadata__").Select(entry => Entry(entry, path, begin, available))
                // An empty tensor lies before whatever begins at the same byte.
                .OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.ByteCount),
        ];
        var end = begin;
        foreach (var tensor in tensors)
        {
            if (tensor.Offset != end)
            {
                throw new CheckpointException(
                    $"{path}: tensor '{tensor.Name}' begins at byte {tensor.Offset - begin} of the data, expected {end - begin}: "
                    + (tensor.Offset < end ? "its bytes overlap another tensor's" : "its bytes leave a hole"));
            }

            end += tensor.ByteCount;
        }

        return end == begin + available
            ? tensors
            : throw new CheckpointException($"{path}: the tensors end at byte {end - begin} of the data, but there are {available}; the file is not what its header says. Download it again");
    }

    private static StoredTensor Entry(JsonProperty entry, string path, long begin, long available)
    {
        var where = $"{path}: tensor '{entry.Name}'";
        var fields = ConfigReader.Of(entry.Value.ValueKind == JsonValueKind.Object ? entry.Value : throw new CheckpointException($"{where}: expected an object"), where);
        var typeName = fields.RequiredString("dtype");
        var (type, size) = TensorType.Find(typeName) ?? throw fields.Error("dtype", $"one of {TensorType.Names}", $"\"{typeName}\"");
        var shape = Longs(entry.Value, "shape", where);
        if (Longs(entry.Value, "data_offsets", where) is not [var first, var end] || first > end || end > available)
        {
            throw fields.Error("data_offsets", $"two ascending positions in {available} bytes of data", entry.Value.GetProperty("data_offsets").GetRawText() + "; the file may be truncated");
        }

        // A shape whose product leaves 64 bits has no bytes to match.
        var needed = shape.Aggregate((Int128)size, (product, length) => Int128.Min(product * length, long.MaxValue));
        return needed == end - first
            ? new StoredTensor(entry.Name, type, shape, path, begin + first, end - first)
            : throw fields.Error("shape", $"{end - first} bytes of {typeName}, as data_offsets say", $"[{string.Join(", ", shape)}], which is {needed} bytes");
    }

    private static ImmutableArray<long> Longs(JsonElement entry, string key, string where)
    {
        if (!entry.TryGetProperty(key, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new CheckpointException($"{where}: {key}: expected a list of whole numbers");
        }

        return [.. list.EnumerateArray().Select(element => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) && value >= 0
            ? value
            : throw new CheckpointException($"{where}: {key}: expected whole numbers from 0, found {element.GetRawText()}"))];
    }
}
