using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks.Checkpoints;

/// <summary>Writes random weights as safetensors, in shards with an index.</summary>
internal static class RandomShards
{
    private const long LargestShard = 5_000_000_000;
    private const int BlockNumbers = 32 << 20;

    /// <param name="folder">An empty folder.</param>
    /// <param name="tensors">Names and shapes.</param>
    /// <param name="type">float32 or bfloat16.</param>
    /// <param name="stop">Stops it.</param>
    public static void Write(string folder, IEnumerable<(string Name, long[] Shape)> tensors, ScalarType type, CancellationToken stop)
    {
        List<List<(string Name, long[] Shape, long Bytes)>> shards = [[]];
        foreach (var (name, shape) in tensors)
        {
            var bytes = shape.Aggregate(SizeOf(type), (product, size) => product * size);
            if (shards[^1].Sum(other => other.Bytes) + bytes > LargestShard)
            {
                shards.Add([]);
            }

            shards[^1].Add((name, shape, bytes));
        }

        var block = Block(type);
        var map = new Dictionary<string, string>();
        for (var shard = 0; shard < shards.Count; shard++)
        {
            var name = $"model-{shard + 1:d5}-of-{shards.Count:d5}.safetensors";
            WriteShard(Path.Combine(folder, name), shards[shard], type, block, stop);
            foreach (var tensor in shards[shard])
            {
                map[tensor.Name] = name;
            }
        }

        var index = new { metadata = new { total_size = shards.Sum(shard => shard.Sum(tensor => tensor.Bytes)) }, weight_map = map };
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors.index.json"), JsonSerializer.SerializeToUtf8Bytes(index));
    }

    private static long SizeOf(ScalarType type) => type == ScalarType.BFloat16 ? sizeof(ushort) : sizeof(float);

    // Numbers between 2^-7 and 2^-3 of either sign: like weights, none of them infinite or no number.
    private static byte[] Block(ScalarType type)
    {
        var halves = new ushort[BlockNumbers];
        new Random(0).NextBytes(MemoryMarshal.AsBytes(halves.AsSpan()));
        // The upper half of a float32 is a bfloat16.
        var step = (int)SizeOf(type) / sizeof(ushort);
        for (var index = step - 1; index < halves.Length; index += step)
        {
            var bits = halves[index];
            halves[index] = (ushort)((bits & 0x807F) | ((120 + ((bits >> 7) & 3)) << 7));
        }

        return MemoryMarshal.AsBytes(halves.AsSpan()).ToArray();
    }

    private static void WriteShard(string path, List<(string Name, long[] Shape, long Bytes)> tensors, ScalarType type, byte[] block, CancellationToken stop)
    {
        var header = new Dictionary<string, object>();
        long end = 0;
        foreach (var (name, shape, bytes) in tensors)
        {
            header[name] = new { dtype = type == ScalarType.BFloat16 ? "BF16" : "F32", shape, data_offsets = new[] { end, end + bytes } };
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
