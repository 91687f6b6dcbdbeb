using System.Collections.Immutable;
using ProbePipeline.Torch.Devices;
using TorchSharp;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// L-BFGS with a preconditioner on tensors: all penalties, control tasks and other problems of a set in one program, on any device, until every objective is
/// estimated to be near enough to its minimum; by Newton steps where that is slow. What many rows have led to in single precision is judged, and where need be bettered, in double precision.
/// </summary>
/// <remarks>
/// Beyond the features that are given, a set of N rows and C columns with P problems of A tasks, up to K classes each, needs, with R = min(N, C), at its peak about
/// 8 N R + 8 C R + 32 R² + (48 A + 320) N K + (300 A + 8 P) K R bytes, and 24 N C more where C &gt; N. Sets whose sum exceeds 4 GiB wait for each other.
/// The same problems give the same weights, to the bit, at any number of threads of a machine.
/// </remarks>
public sealed class BatchedTrainer : IProbeTrainer
{
    /// <inheritdoc/>
    public string Description => "batched preconditioned L-BFGS";

    /// <summary>Where to compute: auto, cpu, cuda or cuda:N.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// How far above its minimum an objective may end, as estimated by Newton's decrement with approximate Hessians and by how the objective fell; of features that
    /// are few enough to be multiplied in double precision a hundredth of it.
    /// </summary>
    public double GapTolerance { get; init; } = 1e-8;

    /// <summary>Bytes that all fits of the process may use together; a single one that needs more runs alone.</summary>
    internal long MemoryBudget { get; init; } = 4L << 30;

    /// <summary>How many threads compute at a time on a CPU.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <inheritdoc/>
    /// <exception cref="ProbeException">A feature is not finite, or rounding ends the descent before an objective is near enough; the message says where.</exception>
    /// <exception cref="FormatException">The device is none of the words.</exception>
    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    /// <exception cref="DllNotFoundException">The application carries no libtorch.</exception>
    public ImmutableArray<ImmutableArray<LinearWeights>> Fit(ImmutableArray<TrainingSet> sets, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(GapTolerance);
        var device = DeviceChoice.Parse(Device);
        using var threads = new ComputeThreads(device.type == DeviceType.CPU ? Threads : 1);
        var fitted = new ImmutableArray<LinearWeights>[sets.Length];
        threads.Run(sets.Length, index => fitted[index] = Fit(sets[index], device, threads, cancellation));
        return [.. fitted];
    }

    private ImmutableArray<LinearWeights> Fit(TrainingSet set, torch.Device device, ComputeThreads threads, CancellationToken cancellation)
    {
        var problems = set.Problems.Select(Problem.Of).ToArray();
        Problem[] open = [.. problems.OfType<Problem>()];
        var solved = new Queue<LinearWeights>(open.Length == 0 ? [] : Solve(set, open, device, threads, cancellation));
        return [.. problems.Zip(set.Problems, (problem, asked) => problem is null ? LinearWeights.OneClass(set.Width).Spread([asked.Labels[0]], asked.ClassCount) : solved.Dequeue())];
    }

    private List<LinearWeights> Solve(TrainingSet set, Problem[] problems, torch.Device device, ComputeThreads threads, CancellationToken cancellation)
    {
        using var share = MemoryShare.Take(Bytes(set, problems), MemoryBudget, cancellation);
        using var scope = torch.NewDisposeScope();
        using var features = RotatedFeatures.Of(set, device, threads);
        var objective = new SoftmaxObjective(features, problems, device, threads);
        using var solver = new PathSolver(objective, problems, features.Variances, GapTolerance);
        var written = new List<LinearWeights>();
        foreach (var (problem, solution) in problems.Zip(solver.Solve(cancellation)))
        {
            var (weights, biases) = features.Back(solution);
            written.Add(problem.Written([.. SoftmaxObjective.Host(weights).Chunk(set.Width)], SoftmaxObjective.Host(biases)));
        }

        return written;
    }

    private static long Bytes(TrainingSet set, Problem[] problems)
    {
        long rows = set.Rows, columns = set.Width, directions = Math.Min(rows, columns), classes = problems.Max(problem => problem.Present.Length);
        long tasks = problems.Distinct(SameLabels.Comparer).Count();
        return (8 * rows * directions) + (8 * columns * directions) + (32 * directions * directions) + (((48 * tasks) + 320) * rows * classes)
            + (((300 * tasks) + (8 * problems.Length)) * classes * directions) + (columns > rows ? 24 * rows * columns : 0);
    }
}
