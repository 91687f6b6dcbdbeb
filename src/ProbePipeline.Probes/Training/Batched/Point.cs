using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>Where some problems stand. A: problems, K: classes of the one with the most, D: directions and the bias.</summary>
/// <param name="Problems">Their indices in the set.</param>
/// <param name="Weights">[A, K, D]</param>
/// <param name="Objective">[A], on the host.</param>
/// <param name="Gradient">[A, K, D]</param>
/// <param name="Curvature">Mean over rows of the losses' Hessian with respect to scores, [A, K, K].</param>
/// <param name="Probabilities">[n, A, K] a chunk, in the precision in which Hessians are applied.</param>
internal sealed record Point(int[] Problems, Tensor Weights, double[] Objective, Tensor Gradient, Tensor Curvature, Tensor[] Probabilities) : IDisposable
{
    private IEnumerable<Tensor> Tensors => [Weights, Gradient, Curvature, .. Probabilities];

    /// <summary>Some of the problems, by place.</summary>
    public Point Select(int[] places)
    {
        if (places.Length == Problems.Length)
        {
            return this;
        }

        var index = tensor(places.Select(place => (long)place).ToArray(), device: Weights.device);
        return new Point(
            [.. places.Select(place => Problems[place])],
            Weights.index_select(0, index),
            [.. places.Select(place => Objective[place])],
            Gradient.index_select(0, index),
            Curvature.index_select(0, index),
            [.. Probabilities.Select(chunk => chunk.index_select(1, index))]);
    }

    /// <summary>These problems and others behind them.</summary>
    public Point With(Point others) => new(
        [.. Problems, .. others.Problems],
        cat([Weights, others.Weights]),
        [.. Objective, .. others.Objective],
        cat([Gradient, others.Gradient]),
        cat([Curvature, others.Curvature]),
        [.. Probabilities.Zip(others.Probabilities, (one, other) => cat([one, other], 1))]);

    /// <summary>Takes the tensors out of their dispose scope: they are this point's.</summary>
    public Point Kept()
    {
        foreach (var tensor in Tensors)
        {
            tensor.DetachFromDisposeScope();
        }

        return this;
    }

    public void Dispose()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Dispose();
        }
    }
}
