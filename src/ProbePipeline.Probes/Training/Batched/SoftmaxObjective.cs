using ProbePipeline.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// Objectives, gradients and Hessians of many softmax regressions on the same rows: one product with the rows serves all of them. Values and gradients
/// are in double precision. A Hessian is applied in single precision where the rows are many: it only says where to go next, and an inexact step costs
/// another one, while what is reached is judged by the exact gradient.
/// </summary>
/// <remarks>A: problems at hand, K: classes of the problem with the most, n: rows of a chunk, N: all rows, D: directions and the bias.</remarks>
internal sealed class SoftmaxObjective
{
    // Below it single precision saves nothing.
    private const long ManyNumbers = 1 << 18;

    private readonly RotatedFeatures _features;
    private readonly Device _device;
    private readonly ComputeThreads _threads;

    // [all problems, D]: the penalty, 0 on the bias.
    private readonly Tensor _penalties;

    // [all problems, K]: 0, or minus infinity where a problem has no such class.
    private readonly Tensor _absent;

    // [n, all problems, 1] a chunk
    private readonly Tensor[] _labels;

    public SoftmaxObjective(RotatedFeatures features, IReadOnlyList<Problem> problems, Device device, ComputeThreads threads)
    {
        (_features, _device, _threads) = (features, device, threads);
        Classes = problems.Max(problem => problem.Present.Length);
        var width = features.Variances.shape[0];
        _penalties = tensor(problems.Select(problem => problem.L2).ToArray(), device: device).unsqueeze(1).repeat(1, width);
        _penalties.select(1, width - 1).zero_();
        _absent = tensor(problems.SelectMany(problem => Enumerable.Range(0, Classes).Select(place => place < problem.Present.Length ? 0 : double.NegativeInfinity)).ToArray(), device: device)
            .reshape(problems.Count, Classes);
        // [all problems, N] -> [N, all problems, 1]
        var labels = stack(problems.Select(problem => tensor(problem.Labels, device: device)), 1).unsqueeze(2);
        var start = 0L;
        _labels = new Tensor[features.Exact.Length];
        for (var chunk = 0; chunk < _labels.Length; start += features.Exact[chunk++].shape[0])
        {
            _labels[chunk] = labels.narrow(0, start, features.Exact[chunk].shape[0]);
        }

        IsSingle = features.Rows * width > ManyNumbers;
    }

    /// <summary>K.</summary>
    public int Classes { get; }

    /// <summary>Whether Hessians are applied in single precision.</summary>
    public bool IsSingle { get; set; }

    /// <summary>[A, D]</summary>
    public Tensor Penalties(int[] problems) => _penalties.index_select(0, Index(problems));

    /// <summary>1 for a class that the problem has, else 0: [A, K]</summary>
    public Tensor Present(int[] problems) => _absent.index_select(0, Index(problems)).exp();

    /// <summary>Values and gradients; the tensors belong to the enclosing dispose scope.</summary>
    /// <param name="problems">Which problems.</param>
    /// <param name="weights">[A, K, D]</param>
    public Point At(int[] problems, Tensor weights)
    {
        var (index, chunks) = (Index(problems), _labels.Length);
        var absent = _absent.index_select(0, index);
        var (losses, gradients, curvatures, probabilities) = (new Tensor[chunks], new Tensor[chunks], new Tensor[chunks], new Tensor[chunks]);
        // [A, K, D] -> [D, A*K]
        var columns = weights.reshape(-1, weights.shape[2]).t();
        _threads.Run(chunks, chunk =>
        {
            var rows = _features.Exact[chunk];
            var labels = _labels[chunk].index_select(1, index);
            // [n, D] [D, A*K] -> [n, A, K]
            var logarithms = nn.functional.log_softmax(rows.matmul(columns).view(-1, problems.Length, Classes).AddInPlace(absent), 2);
            losses[chunk] = logarithms.gather(2, labels).sum([0]).squeeze(1).DetachFromDisposeScope();
            var shares = logarithms.exp_();
            probabilities[chunk] = shares.to(IsSingle ? ScalarType.Float32 : ScalarType.Float64, copy: true).DetachFromDisposeScope();
            // [n, A, K] -> [A, K, K]
            var apart = shares.transpose(0, 1);
            curvatures[chunk] = diag_embed(shares.sum([0])).sub_(apart.transpose(1, 2).matmul(apart)).DetachFromDisposeScope();
            shares.scatter_add_(2, labels, ones_like(labels, ScalarType.Float64).neg_());
            // [A*K, n] [n, D] -> [A, K, D]
            gradients[chunk] = shares.view(-1, columns.shape[1]).t().matmul(rows).view(weights.shape).DetachFromDisposeScope();
        });
        var penalty = Penalties(problems).unsqueeze(1);
        var objective = Sum(losses).DivideInPlace(-_features.Rows).AddInPlace(weights.mul(weights).mul_(penalty).sum([1, 2]).DivideInPlace(2));
        return new Point(problems, weights, [.. Host(objective)], Sum(gradients).DivideInPlace(_features.Rows).AddInPlace(weights.mul(penalty)), Sum(curvatures).DivideInPlace(_features.Rows), Adopted(probabilities));
    }

    /// <summary>The Hessians at a point times directions: of a row, p (s - p·s) for the direction's scores s.</summary>
    /// <param name="point">The point.</param>
    /// <param name="directions">[A, K, D]</param>
    public Tensor Curved(Point point, Tensor directions)
    {
        var chunks = point.Probabilities.Length;
        var sums = new Tensor[chunks];
        using var minusOne = (-1).ToScalar();
        // [A, K, D] -> [D, A*K]
        var columns = directions.reshape(-1, directions.shape[2]).t().to(point.Probabilities[0].dtype);
        _threads.Run(chunks, chunk =>
        {
            var rows = columns.dtype == ScalarType.Float32 ? _features.Single[chunk] : _features.Exact[chunk];
            // [n, D] [D, A*K] -> [n, A, K]
            var scores = rows.matmul(columns).view(point.Probabilities[chunk].shape);
            var weighted = scores.mul(point.Probabilities[chunk]);
            weighted.addcmul_(point.Probabilities[chunk], weighted.sum([2], keepdim: true), minusOne);
            // [A*K, n] [n, D] -> [A, K, D]
            sums[chunk] = weighted.view(-1, columns.shape[1]).t().matmul(rows).view(directions.shape).to(ScalarType.Float64).DetachFromDisposeScope();
        });
        return Sum(sums).DivideInPlace(_features.Rows).AddInPlace(directions.mul(Penalties(point.Problems).unsqueeze(1)));
    }

    /// <summary>Numbers of a tensor, copied.</summary>
    public static double[] Host(Tensor values) => values.cpu().contiguous().data<double>().ToArray();

    private Tensor Index(int[] problems) => tensor(problems.Select(problem => (long)problem).ToArray(), device: _device);

    // In the order of the chunks, whoever computed them.
    private static Tensor Sum(Tensor[] chunks) => Adopted(chunks).Aggregate((sum, chunk) => sum.AddInPlace(chunk));

    // What other threads have made joins the dispose scope of this one.
    private static Tensor[] Adopted(Tensor[] made)
    {
        Tensor[] adopted = [.. made.Select(tensor => tensor.alias())];
        foreach (var tensor in made)
        {
            tensor.Dispose();
        }

        return adopted;
    }
}
