using ProbePipeline.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// The last steps of many problems and how their gradients changed on the way: what L-BFGS knows of their Hessians
/// (Nocedal and Wright 2006, Numerical Optimization, algorithm 7.4), beyond what a preconditioner says of them.
/// </summary>
internal sealed class CurvaturePairs : IDisposable
{
    private const int Most = 10;

    // [A, K, D] twice, and the reciprocals of their products, [A, 1, 1]: 0 where a problem has no such step.
    private readonly Queue<(Tensor Step, Tensor Change, Tensor Reciprocal)> _pairs;

    // By how much the newest steps stretch the preconditioner, [A, 1, 1].
    private Tensor _stretch;

    /// <param name="problems">A.</param>
    /// <param name="device">Where they are.</param>
    public CurvaturePairs(int problems, Device device)
        : this([], ones([problems, 1, 1], ScalarType.Float64, device))
    {
    }

    private CurvaturePairs(IEnumerable<(Tensor Step, Tensor Change, Tensor Reciprocal)> pairs, Tensor stretch)
    {
        _pairs = new(pairs.Select(pair => (pair.Step.DetachFromDisposeScope(), pair.Change.DetachFromDisposeScope(), pair.Reciprocal.DetachFromDisposeScope())));
        _stretch = stretch.DetachFromDisposeScope();
    }

    /// <summary>Directions downhill, [A, K, D].</summary>
    /// <param name="gradient">[A, K, D]</param>
    /// <param name="preconditioner">The preconditioner.</param>
    public Tensor Directions(Tensor gradient, Preconditioner preconditioner)
    {
        var direction = gradient.neg();
        var pairs = _pairs.ToArray();
        var parts = new Tensor[pairs.Length];
        foreach (var (index, (step, change, reciprocal)) in pairs.Index().Reverse())
        {
            parts[index] = Dots(step, direction).mul_(reciprocal);
            direction.sub_(change.mul(parts[index]));
        }

        direction = preconditioner.Solve(direction).mul_(_stretch);
        foreach (var (index, (step, change, reciprocal)) in pairs.Index())
        {
            direction.AddInPlace(step.mul(parts[index].sub_(Dots(change, direction).mul_(reciprocal))));
        }

        return direction;
    }

    /// <summary>Adds a step of every problem, which is then this object's.</summary>
    /// <param name="step">[A, K, D]</param>
    /// <param name="change">Of the gradient, [A, K, D].</param>
    /// <param name="preconditioner">The preconditioner.</param>
    public void Add(Tensor step, Tensor change, Preconditioner preconditioner)
    {
        var product = Dots(step, change);
        using var zero = 0.ToScalar();
        var isCurved = product.gt(zero);
        _pairs.Enqueue((step.DetachFromDisposeScope(), change.DetachFromDisposeScope(), where(isCurved, product.reciprocal(), zeros_like(product)).DetachFromDisposeScope()));
        using var before = _stretch;
        _stretch = where(isCurved, product.div(Dots(change, preconditioner.Solve(change))), before).DetachFromDisposeScope();
        if (_pairs.Count > Most)
        {
            Free(_pairs.Dequeue());
        }
    }

    /// <summary>Those of some problems, by place, with others behind them that have none yet.</summary>
    public CurvaturePairs Select(int[] places, int others)
    {
        var index = tensor(places.Select(place => (long)place).ToArray(), device: _stretch.device);
        Tensor Chosen(Tensor values, Func<long[], Tensor> fill) => cat([values.index_select(0, index), fill([others, .. values.shape[1..]])]);
        Tensor Zeros(long[] shape) => zeros(shape, ScalarType.Float64, _stretch.device);
        return new CurvaturePairs(
            _pairs.Select(pair => (Chosen(pair.Step, Zeros), Chosen(pair.Change, Zeros), Chosen(pair.Reciprocal, Zeros))),
            Chosen(_stretch, shape => ones(shape, ScalarType.Float64, _stretch.device)));
    }

    public void Dispose()
    {
        foreach (var pair in _pairs)
        {
            Free(pair);
        }

        _stretch.Dispose();
    }

    private static void Free((Tensor Step, Tensor Change, Tensor Reciprocal) pair)
    {
        pair.Step.Dispose();
        pair.Change.Dispose();
        pair.Reciprocal.Dispose();
    }

    private static Tensor Dots(Tensor one, Tensor other) => one.mul(other).sum([1, 2], keepdim: true);
}
