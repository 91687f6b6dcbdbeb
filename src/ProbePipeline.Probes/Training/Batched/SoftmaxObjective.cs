using ProbePipeline.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// Objectives and gradients of many softmax regressions on the same rows: one product with the rows serves all of them. What is summed over rows is summed
/// in double precision.
/// </summary>
/// <remarks>A: problems at hand, K: classes of the problem with the most, n: rows of a chunk, N: all rows, D: directions and the bias.</remarks>
internal sealed class SoftmaxObjective
{
    private readonly RotatedFeatures _features;
    private readonly Device _device;
    private readonly ComputeThreads _threads;

    // [all problems, D]: the penalty, 0 on the bias.
    private readonly Tensor _penalties;

    // [all problems, K]: 0, or minus infinity where a problem has no such class.
    private readonly Tensor _absent;

    // [all problems, 1, n] a chunk
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
        // [all problems, 1, N]
        var labels = stack(problems.Select(problem => tensor(problem.Labels, device: device))).unsqueeze(1);
        var start = 0L;
        _labels = new Tensor[features.Chunks.Length];
        for (var chunk = 0; chunk < _labels.Length; start += features.Chunks[chunk++].shape[0])
        {
            _labels[chunk] = labels.narrow(2, start, features.Chunks[chunk].shape[0]);
        }

        Precision = features.Chunks[0].dtype;
    }

    /// <summary>K.</summary>
    public int Classes { get; }

    /// <summary>The precision in which rows are multiplied.</summary>
    public ScalarType Precision { get; set; }

    /// <summary>[A, D]</summary>
    public Tensor Penalties(int[] problems) => _penalties.index_select(0, Index(problems));

    /// <summary>1 for a class that the problem has, else 0: [A, K]</summary>
    public Tensor Present(int[] problems) => _absent.index_select(0, Index(problems)).exp();

    /// <summary>Values and gradients; the tensors belong to the enclosing dispose scope.</summary>
    /// <param name="problems">Which problems.</param>
    /// <param name="weights">[A, K, D]</param>
    public Point At(int[] problems, Tensor weights) => At(problems, weights, Trial(problems, Scores(weights)));

    /// <summary>The same where scores and what they cost are known.</summary>
    public Point At(int[] problems, Tensor weights, Trial trial)
    {
        var gradients = new Tensor[trial.Residuals.Length];
        _threads.Run(gradients.Length, chunk =>
        {
            // [A*K, n] [n, D] -> [A, K, D]
            var residuals = trial.Residuals[chunk];
            gradients[chunk] = residuals.view(-1, residuals.shape[2]).matmul(Rows(chunk)).view(weights.shape).to(ScalarType.Float64).DetachFromDisposeScope();
        });
        var penalty = Penalties(problems).unsqueeze(1);
        var squares = Host(weights.mul(weights).mul_(penalty).sum([1, 2]));
        return new Point(
            problems, weights, [.. trial.Losses.Zip(squares, (loss, square) => loss + (square / 2))], Sum(gradients).DivideInPlace(_features.Rows).AddInPlace(weights.mul(penalty)), trial.Scores);
    }

    /// <summary>Where problems stand that have the same labels as those at a point, and the same weights, but other penalties.</summary>
    public Point At(int[] problems, Point same)
    {
        var change = Penalties(problems).sub_(Penalties(same.Problems)).unsqueeze(1);
        var squares = Host(same.Weights.mul(same.Weights).mul_(change).sum([1, 2]));
        return same with
        {
            Problems = problems,
            Objective = [.. same.Objective.Zip(squares, (objective, square) => objective + (square / 2))],
            Gradient = same.Gradient.Plus(same.Weights.mul(change)),
        };
    }

    /// <summary>Scores of the rows, [A, K, n] a chunk.</summary>
    /// <param name="weights">[A, K, D]</param>
    public Tensor[] Scores(Tensor weights)
    {
        // [A*K, D]
        var vectors = weights.reshape(-1, weights.shape[2]).to(Precision);
        // [A*K, D] [D, n] -> [A, K, n]: few vectors on the left are quicker than on the right.
        return OfChunks(chunk => vectors.matmul(Rows(chunk).t()).view(weights.shape[0], weights.shape[1], -1));
    }

    /// <summary>What scores cost.</summary>
    /// <param name="problems">Which problems.</param>
    /// <param name="scores">[A, K, n] a chunk</param>
    public Trial Trial(int[] problems, Tensor[] scores) => Trial(problems, scores.Length, chunk => scores[chunk].alias(), null);

    /// <summary>What scores cost some way along a direction, and how the cost changes there.</summary>
    /// <param name="problems">Which problems.</param>
    /// <param name="scores">[A, K, n] a chunk</param>
    /// <param name="along">The direction's scores, [A, K, n] a chunk.</param>
    /// <param name="lengths">How far, [A].</param>
    public Trial Trial(int[] problems, Tensor[] scores, Tensor[] along, double[] lengths)
    {
        var factors = tensor(lengths, Precision, _device).view(-1, 1, 1);
        return Trial(problems, scores.Length, chunk => scores[chunk].clone().AddProductInPlace(along[chunk], factors, 1), along);
    }

    private Trial Trial(int[] problems, int chunks, Func<int, Tensor> scores, Tensor[]? along)
    {
        var index = Index(problems);
        var absent = Absent(index);
        var (reached, losses, slopes) = (new Tensor[chunks], new Tensor[chunks], new Tensor[chunks]);
        using var minusOne = (-1).ToScalar();
        var residuals = OfChunks(chunk =>
        {
            reached[chunk] = scores(chunk).DetachFromDisposeScope();
            var labels = _labels[chunk].index_select(0, index);
            var logarithms = nn.functional.log_softmax(reached[chunk].Plus(absent), 1);
            losses[chunk] = logarithms.gather(1, labels).to(ScalarType.Float64).sum([1, 2]).DetachFromDisposeScope();
            var residual = logarithms.exp_().scatter_add_(1, labels, full_like(labels, minusOne, Precision));
            if (along is not null)
            {
                slopes[chunk] = residual.mul(along[chunk]).sum([1, 2], type: ScalarType.Float64).DetachFromDisposeScope();
            }

            return residual;
        });
        return new Trial(
            Adopted(reached), Host(Sum(losses).DivideInPlace(-_features.Rows)), along is null ? [] : Host(Sum(slopes).DivideInPlace(_features.Rows)), residuals);
    }

    /// <summary>Probabilities of the classes, [A, K, n] a chunk.</summary>
    public Tensor[] Probabilities(Point point)
    {
        var absent = Absent(Index(point.Problems));
        return OfChunks(chunk => point.Scores[chunk].Plus(absent).softmax(1));
    }

    /// <summary>Hessians times directions, [A, K, D]: of a row, p (s - p·s) for the direction's scores s.</summary>
    /// <param name="problems">Which problems.</param>
    /// <param name="probabilities">Where they stand, [A, K, n] a chunk.</param>
    /// <param name="directions">[A, K, D]</param>
    public Tensor Curved(int[] problems, Tensor[] probabilities, Tensor directions)
    {
        var vectors = directions.reshape(-1, directions.shape[2]).to(Precision);
        return Sum(OfChunks(chunk =>
        {
            var rows = Rows(chunk);
            var weighted = vectors.matmul(rows.t()).view(directions.shape[0], directions.shape[1], -1).mul_(probabilities[chunk]);
            weighted.AddProductInPlace(probabilities[chunk], weighted.sum([1], keepdim: true), -1);
            return weighted.view(vectors.shape[0], -1).matmul(rows).view(directions.shape).to(ScalarType.Float64);
        })).DivideInPlace(_features.Rows).AddInPlace(directions.mul(Penalties(problems).unsqueeze(1)));
    }

    /// <summary>Mean over rows of the losses' Hessian with respect to scores, [A, K, K].</summary>
    public Tensor Curvature(Point point)
    {
        var probabilities = Probabilities(point);
        return Sum(OfChunks(chunk =>
        {
            // [A, K, n] -> [A, K, K]
            var shares = probabilities[chunk].to(ScalarType.Float64);
            return diag_embed(shares.sum([2])).sub_(shares.matmul(shares.transpose(1, 2)));
        })).DivideInPlace(_features.Rows);
    }

    /// <summary>Numbers of a tensor, copied.</summary>
    public static double[] Host(Tensor values) => values.cpu().contiguous().data<double>().ToArray();

    private Tensor Rows(int chunk) => _features.Chunks[chunk].to(Precision);

    // [A, K, 1]
    private Tensor Absent(Tensor index) => _absent.index_select(0, index).unsqueeze(2).to(Precision);

    private Tensor Index(int[] problems) => tensor(problems.Select(problem => (long)problem).ToArray(), device: _device);

    // What other threads make joins the dispose scope of this one.
    private Tensor[] OfChunks(Func<int, Tensor> make)
    {
        var made = new Tensor[_features.Chunks.Length];
        _threads.Run(made.Length, chunk => made[chunk] = make(chunk).DetachFromDisposeScope());
        return Adopted(made);
    }

    // In the order of the chunks, whoever computed them.
    private static Tensor Sum(Tensor[] chunks) => Adopted(chunks).Aggregate((sum, chunk) => sum.AddInPlace(chunk));

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
