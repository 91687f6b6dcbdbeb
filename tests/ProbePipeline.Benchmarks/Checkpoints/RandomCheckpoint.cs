using System.Globalization;
using System.Text.Json;
using ProbePipeline.Testing;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks.Checkpoints;

/// <summary>Writes a checkpoint with the names and shapes of LLaVA-1.5-7B, or of fewer of its decoder layers: bfloat16, random, in shards.</summary>
internal sealed class RandomCheckpoint
{
    private const string DecoderLayers = "language_model.model.layers.";

    private readonly List<(string Name, long[] Shape)> _tensors = [];

    public RandomCheckpoint(int decoderLayers)
    {
        using var published = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("real-shapes", "llava-1.5-7b.json")));
        foreach (var tensor in published.RootElement.GetProperty("tensors").EnumerateObject().Where(tensor => LayerOf(tensor.Name) < decoderLayers))
        {
            _tensors.Add((tensor.Name, [.. tensor.Value.EnumerateArray().Select(size => size.GetInt64())]));
        }
    }

    public long Bytes => _tensors.Sum(tensor => tensor.Shape.Aggregate((long)sizeof(ushort), (product, size) => product * size));

    public void Write(string folder, CancellationToken stop) => RandomShards.Write(folder, _tensors, ScalarType.BFloat16, stop);

    private static int LayerOf(string tensor) =>
        tensor.StartsWith(DecoderLayers, StringComparison.Ordinal) ? int.Parse(tensor[DecoderLayers.Length..].Split('.')[0], CultureInfo.InvariantCulture) : -1;
}
