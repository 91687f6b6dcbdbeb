using System.Globalization;
using System.Runtime.InteropServices;
using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// The features of a set, centred, in the basis of their principal directions. Centring moves into the free biases and rotating leaves the squared
/// weights as they are, so that the optimum is the same; but here the mean of x xᵀ over rows is diagonal, which makes a good preconditioner cheap.
/// </summary>
/// <remarks>
/// N: rows, C: the width of the features, R: min(N, C) principal directions, D = R + 1: the bias behind them. Rows lie in chunks that depend on N alone:
/// what is summed over rows is summed chunk by chunk, in their order.
/// </remarks>
internal sealed class RotatedFeatures : IDisposable
{
    private const int SmallestChunk = 1024;
    private const int MostChunks = 16;
    private const int ColumnBlocks = 8;

    // [C] and [C, R]
    private readonly Tensor _mean;
    private readonly Tensor _basis;

    private RotatedFeatures(Tensor mean, Tensor basis, Tensor variances, Tensor[] exact, Tensor[] single) =>
        (_mean, _basis, Variances, Exact, Single) = (mean, basis, variances, exact, single);

    /// <summary>The mean square of every direction, [D]; that of the bias is 1.</summary>
    public Tensor Variances { get; }

    /// <summary>Chunks of rows in double precision, [n, D] each.</summary>
    public Tensor[] Exact { get; }

    /// <summary>The same in single precision.</summary>
    public Tensor[] Single { get; }

    /// <summary>N.</summary>
    public long Rows => Exact.Sum(chunk => chunk.shape[0]);

    /// <summary>Rows a chunk; the last may have fewer.</summary>
    public static int ChunkRows(int rows) => Math.Max(SmallestChunk, (rows + MostChunks - 1) / MostChunks);

    public static RotatedFeatures Of(TrainingSet set, Device device, ComputeThreads threads)
    {
        using var scope = NewDisposeScope();
        var starts = Enumerable.Range(0, ((set.Rows - 1) / ChunkRows(set.Rows)) + 1).Select(chunk => chunk * ChunkRows(set.Rows)).ToArray();
        var mean = Mean(set, device, starts);
        Tensor Centred(int chunk) => Read(set, device, starts[chunk]).sub_(mean);
        var (within, space) = set.Width > set.Rows ? Space([.. starts.Select((_, chunk) => Centred(chunk))], starts) : (Centred, null);
        var directions = Directions(Math.Min(set.Rows, set.Width), device, starts.Length, within, threads);
        var (exact, single) = (new Tensor[starts.Length], new Tensor[starts.Length]);
        threads.Run(starts.Length, chunk =>
        {
            var rows = within(chunk);
            // [n, R] -> [n, D]
            exact[chunk] = cat([rows.matmul(directions), ones([rows.shape[0], 1], ScalarType.Float64, device)], 1).DetachFromDisposeScope();
            single[chunk] = exact[chunk].to(ScalarType.Float32).DetachFromDisposeScope();
        });
        var variances = exact.Select(SumOfSquares).Aggregate((sum, chunk) => sum.AddInPlace(chunk)).DivideInPlace(set.Rows);
        // [C, R]
        var basis = space is null ? directions : space.matmul(directions);
        return new RotatedFeatures(mean.DetachFromDisposeScope(), basis.DetachFromDisposeScope(), variances.DetachFromDisposeScope(), exact, single);
    }

    /// <summary>Weights of the features themselves: [K, D] to [K, C] and [K].</summary>
    public (Tensor Weights, Tensor Biases) Back(Tensor weights)
    {
        var directions = Variances.shape[0] - 1;
        // [K, R] -> [K, C]
        var original = weights.narrow(1, 0, directions).matmul(_basis.t());
        return (original, weights.select(1, directions).sub(original.matmul(_mean)));
    }

    public void Dispose()
    {
        foreach (var tensor in (IEnumerable<Tensor>)[_mean, _basis, Variances, .. Exact, .. Single])
        {
            tensor.Dispose();
        }
    }

    // [n, D] -> [D]
    private static Tensor SumOfSquares(Tensor chunk)
    {
        using var squares = chunk.mul(chunk);
        return squares.sum([0]);
    }

    private static Tensor Mean(TrainingSet set, Device device, int[] starts)
    {
        var sum = zeros([set.Width], ScalarType.Float64, device);
        foreach (var start in starts)
        {
            using var scope = NewDisposeScope();
            sum.AddInPlace(Read(set, device, start).sum([0]));
        }

        return sum.DivideInPlace(set.Rows);
    }

    // [n, C]
    private static Tensor Read(TrainingSet set, Device device, int start)
    {
        var count = Math.Min(ChunkRows(set.Rows), set.Rows - start);
        var rows = empty([count, set.Width], ScalarType.Float32);
        var values = set.Features.Span.Slice(start * set.Width, count * set.Width);
        if (values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is >= 0 and var odd)
        {
            throw new ProbeException(string.Create(
                CultureInfo.InvariantCulture, $"expected finite features; found {values[odd]} in training row {start + (odd / set.Width)}, column {odd % set.Width}"));
        }

        values.CopyTo(MemoryMarshal.Cast<byte, float>(rows.bytes));
        return rows.to(ScalarType.Float64, device);
    }

    /// <summary>Fewer rows than columns: the rows in the basis of the space that they span, and that basis, [C, N].</summary>
    private static (Func<int, Tensor> Rows, Tensor Basis) Space(Tensor[] centred, int[] starts)
    {
        // [C, N] = [C, N] [N, N]
        var (basis, triangle) = linalg.qr(cat(centred).t());
        return (chunk => triangle.t().narrow(0, starts[chunk], centred[chunk].shape[0]), basis);
    }

    /// <summary>Eigenvectors of the mean of x xᵀ, [R, R].</summary>
    private static Tensor Directions(int width, Device device, int chunks, Func<int, Tensor> rows, ComputeThreads threads)
    {
        var gram = zeros([width, width], ScalarType.Float64, device);
        var block = ((width - 1) / ColumnBlocks) + 1;
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            using var scope = NewDisposeScope();
            var values = rows(chunk);
            threads.Run(((width - 1) / block) + 1, index =>
            {
                // The lower triangle is all that is read: [rows from here on, columns of the block]
                var start = index * block;
                var right = values.narrow(1, start, Math.Min(block, width - start));
                gram.narrow(0, start, width - start).narrow(1, start, right.shape[1]).addmm_(values.narrow(1, start, width - start).t(), right);
            });
        }

        return linalg.eigh(gram).Item2;
    }
}
