using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>Where some problems stand. A: problems, K: classes of the one with the most, D: directions and the bias.</summary>
/// <param name="Problems">Their indices in the set.</param>
/// <param name="Weights">[A, K, D]</param>
/// <param name="Objective">[A], on the host.</param>
/// <param name="Gradient">[A, K, D]</param>
/// <param name="Scores">[A, K, n] a chunk, in the precision in which the rows are multiplied.</param>
internal sealed record Point(int[] Problems, Tensor Weights, double[] Objective, Tensor Gradient, Tensor[] Scores) : IDisposable
{
    private IEnumerable<Tensor> Tensors => [Weights, Gradient, .. Scores];

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
            [.. Scores.Select(chunk => chunk.index_select(0, index))]);
    }

    /// <summary>These problems and others behind them.</summary>
    public Point With(Point others) => new(
        [.. Problems, .. others.Problems],
        cat([Weights, others.Weights]),
        [.. Objective, .. others.Objective],
        cat([Gradient, others.Gradient]),
        [.. Scores.Zip(others.Scores, (one, other) => cat([one, other]))]);

    /// <summary>Leaves the tensors to the dispose scope around this one.</summary>
    public Point MovedToOuterScope()
    {
        foreach (var tensor in Tensors)
        {
            tensor.MoveToOuterDisposeScope();
        }

        return this;
    }

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
