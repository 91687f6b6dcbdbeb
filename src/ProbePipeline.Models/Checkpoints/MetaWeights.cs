using static TorchSharp.torch;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>Shapes without values: any tensor can be had, and nothing is computed. For checking what an architecture would need.</summary>
internal sealed class MetaWeights : WeightSource
{
    private readonly Dictionary<string, Tensor> _read = new(StringComparer.Ordinal);

    public override IEnumerable<string> Names => [];

    /// <summary>Every tensor that was asked for.</summary>
    public IReadOnlyDictionary<string, long[]> Asked => _read.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.shape);

    public override IReadOnlyList<long> ShapeOf(string name, long[] wanted) => wanted;

    public override Tensor Read(string name, long[] shape) =>
        _read.TryGetValue(name, out var known) ? known : _read[name] = empty(shape, device: META).DetachFromDisposeScope();

    protected override void DisposeTensors()
    {
        foreach (var tensor in _read.Values)
        {
            tensor.Dispose();
        }

        _read.Clear();
    }
}
