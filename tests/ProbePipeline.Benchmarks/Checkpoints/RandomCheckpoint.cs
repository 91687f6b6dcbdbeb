using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ProbePipeline.Testing;

namespace ProbePipeline.Benchmarks.Checkpoints;

/// <summary>Writes a checkpoint with the names and shapes of LLaVA-1.5-7B, or of fewer of its decoder layers: bfloat16, random, in shards.</summary>
internal sealed class RandomCheckpoint
{
    private const long LargestShard = 5_000_000_000;
    private const int BlockNumbers = 32 << 20;
    private const string DecoderLayers = "language_model.model.layers.";

    private readonly List<List<(string Name, long[] Shape, long Bytes)>> _shards = [[]];

    public RandomCheckpoint(int decoderLayers)
    {
        using var published = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("real-shapes", "llava-1.5-7b.json")));
        foreach (var tensor in published.RootElement.GetProperty("tensors").EnumerateObject().Where(tensor => LayerOf(tensor.Name) < decoderLayers))
        {
            long[] shape = [.. tensor.Value.EnumerateArray().Select(size => size.GetInt64())];
            var bytes = shape.Aggregate((long)sizeof(ushort), (product, size) => product * size);
            if (_shards[^1].Sum(other => other.Bytes) + bytes > LargestShard)
            {
                _shards.Add([]);
            }
            _shards[^1].Add((tensor.Name, shape, bytes));
        }
    }

    public long Bytes => _shards.Sum(shard => shard.Sum(tensor => tensor.Bytes));

    public void Write(string folder, CancellationToken stop)
    {
        var block = Block();
        var map = new Dictionary<string, string>();
        for (var shard = 0; shard < _shards.Count; shard++)
        {
            var name = $"model-{shard + 1:d5}-of-{_shards.Count:d5}.safetensors";
            WriteShard(Path.Combine(folder, name), _shards[shard], block, stop);
            foreach (var tensor in _shards[shard])
            {
                map[tensor.Name] = name;
            }
        }
        var index = new { metadata = new { total_size = Bytes }, weight_map = map };
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors.index.json"), JsonSerializer.SerializeToUtf8Bytes(index));
    }

    private static int LayerOf(string tensor) =>
        tensor.StartsWith(DecoderLayers, StringComparison.Ordinal) ? int.Parse(tensor[DecoderLayers.Length..].Split('.')[0], CultureInfo.InvariantCulture) : -1;

    // Numbers between 2^-7 and 2^-3 of either sign: like weights, none of them infinite or no number.
    private static byte[] Block()
    {
        var numbers = new ushort[BlockNumbers];
        new Random(0).NextBytes(MemoryMarshal.AsBytes(numbers.AsSpan()));
        for (var index = 0; index < numbers.Length; index++)
        {
            var bits = numbers[index];
            numbers[index] = (ushort)((bits & 0x807F) | ((120 + ((bits >> 7) & 3)) << 7));
        }
        return MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
    }

    private static void WriteShard(string path, List<(string Name, long[] Shape, long Bytes)> tensors, byte[] block, CancellationToken stop)
    {
        var header = new Dictionary<string, object>();
        long end = 0;
        foreach (var (name, shape, bytes) in tensors)
        {
            header[name] = new { dtype = "BF16", shape, data_offsets = new[] { end, end + bytes } };
            end += bytes;
        }
        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        var padding = -text.Length & 7;
        var length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length + padding);

        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(length);
        stream.Write(text);
        stream.Write("        "u8[..padding]);
        for (long written = 0; written < end; written += block.Length)
        {
            stop.ThrowIfCancellationRequested();
            stream.Write(block.AsSpan(0, (int)Math.Min(block.Length, end - written)));
        }
    }
}
