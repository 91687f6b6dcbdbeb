using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>Where a network's weights come from. It owns the tensors that it gives.</summary>
internal abstract class WeightSource : IDisposable
{
    private readonly List<IDisposable> _slices = [];

    /// <summary>Names of all tensors that are there; none where any name can be had.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <summary>The stored shape of a tensor; null where there is none of this name; the wanted shape where any can be had.</summary>
    public abstract IReadOnlyList<long>? ShapeOf(string name, long[] wanted);

    /// <summary>Why a tensor that is there cannot be a weight; null: it can.</summary>
    public virtual string? FaultOf(string name) => null;

    /// <summary>A tensor that is there, of the shape that it has.</summary>
    public abstract Tensor Read(string name, long[] shape);

    /// <summary>Takes over what a network cut from its tensors, which is all that a scope holds: a slice holds the memory of the whole.</summary>
    public void Own(DisposeScope scope)
    {
        var slices = scope.DisposablesView.ToArray();
        scope.Detach(slices);
        _slices.AddRange(slices);
    }

    public void Dispose()
    {
        _slices.ForEach(slice => slice.Dispose());
        _slices.Clear();
        DisposeTensors();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what was given.</summary>
    protected abstract void DisposeTensors();
}
