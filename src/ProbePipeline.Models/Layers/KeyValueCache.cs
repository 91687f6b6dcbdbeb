using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>The keys and values of the positions that were computed already. It owns its buffers. g: key-value heads.</summary>
internal sealed class KeyValueCache : IDisposable
{
    private readonly (Tensor Keys, Tensor Values)?[] _layers;
    private readonly int _capacity;
    private readonly int[] _filled;

    /// <param name="layers">Layers of the decoder.</param>
    /// <param name="capacity">Positions that will be computed in all.</param>
    public KeyValueCache(int layers, int capacity)
    {
        _layers = new (Tensor, Tensor)?[layers];
        _filled = new int[layers];
        _capacity = capacity;
    }

    /// <summary>Adds the keys and values [B, g, new, d] of new positions and gives those of all positions so far.</summary>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        var (keyBuffer, valueBuffer) = _layers[layer] ??= (Buffer(keys), Buffer(values));
        var (filled, added) = (_filled[layer], keys.shape[2]);
        keyBuffer.narrow(2, filled, added).copy_(keys);
        valueBuffer.narrow(2, filled, added).copy_(values);
        _filled[layer] = filled + (int)added;
        return (keyBuffer.narrow(2, 0, _filled[layer]), valueBuffer.narrow(2, 0, _filled[layer]));
    }

    public void Dispose()
    {
        foreach (var (keys, values) in _layers.OfType<(Tensor, Tensor)>())
        {
            keys.Dispose();
            values.Dispose();
        }
    }

    private Tensor Buffer(Tensor like) =>
        empty([like.shape[0], like.shape[1], _capacity, like.shape[3]], dtype: like.dtype, device: like.device).DetachFromDisposeScope();
}
