using System.Globalization;
using System.Runtime.InteropServices;
using ProbePipeline.Features;
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

    // Below it single precision saves nothing.
    private const long ManyNumbers = 1 << 18;

    // Of variances.
    private const double MostUnlike = 1e4;

    // [C] and [C, R]
    private readonly Tensor _mean;
    private readonly Tensor _basis;

    private RotatedFeatures(Tensor mean, Tensor basis, Tensor variances, Tensor[] chunks) => (_mean, _basis, Variances, Chunks) = (mean, basis, variances, chunks);

    /// <summary>The mean square of every direction, [D]; that of the bias is 1.</summary>
    public Tensor Variances { get; }

    /// <summary>Chunks of rows, [n, D] each; in single precision where they are many.</summary>
    public Tensor[] Chunks { get; }

    /// <summary>N.</summary>
    public long Rows => Chunks.Sum(chunk => chunk.shape[0]);

    /// <summary>Rows a chunk; the last may have fewer.</summary>
    public static int ChunkRows(int rows) => Math.Max(SmallestChunk, (rows + MostChunks - 1) / MostChunks);

    public static RotatedFeatures Of(TrainingSet set, Device device, ComputeThreads threads)
    {
        using var scope = NewDisposeScope();
        var starts = Enumerable.Range(0, ((set.Rows - 1) / ChunkRows(set.Rows)) + 1).Select(chunk => chunk * ChunkRows(set.Rows)).ToArray();
        var (mean, areAlike) = Columns(set, device, starts);
        var areMany = (long)set.Rows * set.Width > ManyNumbers;
        // Rounding of the widest column would drown the narrowest.
        var precision = areMany && areAlike && set.Width <= set.Rows ? ScalarType.Float32 : ScalarType.Float64;
        Tensor Centred(int chunk) => Read(set, device, starts[chunk]).sub_(mean).to(precision);
        var (within, space) = set.Width > set.Rows ? Space([.. starts.Select((_, chunk) => Centred(chunk))], starts) : (Centred, null);
        var directions = Directions(Math.Min(set.Rows, set.Width), device, starts.Length, within, threads);
        var (chunks, squares) = (new Tensor[starts.Length], new Tensor[starts.Length]);
        var turned = directions.to(precision);
        threads.Run(starts.Length, chunk =>
        {
            var rows = within(chunk);
            // [n, R] -> [n, D]
            var rotated = cat([rows.matmul(turned), ones([rows.shape[0], 1], precision, device)], 1);
            chunks[chunk] = rotated.to(areMany ? ScalarType.Float32 : ScalarType.Float64).DetachFromDisposeScope();
            squares[chunk] = rotated.mul(rotated).sum([0], type: ScalarType.Float64).DetachFromDisposeScope();
        });
        var variances = squares[0].DivideInPlace(set.Rows);
        foreach (var chunk in squares[1..])
        {
            variances.AddInPlace(chunk.DivideInPlace(set.Rows));
            chunk.Dispose();
        }

        // [C, R]
        var basis = space is null ? directions : space.matmul(directions);
        return new RotatedFeatures(mean.DetachFromDisposeScope(), basis.DetachFromDisposeScope(), variances, chunks);
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
        foreach (var tensor in (IEnumerable<Tensor>)[_mean, _basis, Variances, .. Chunks])
        {
            tensor.Dispose();
        }
    }

    // The mean, [C], and whether all columns that are not constant are of about the same spread.
    private static (Tensor Mean, bool AreAlike) Columns(TrainingSet set, Device device, int[] starts)
    {
        var (sum, squares) = (zeros([set.Width], ScalarType.Float64, device), zeros([set.Width], ScalarType.Float64, device));
        foreach (var start in starts)
        {
            using var scope = NewDisposeScope();
            var rows = Read(set, device, start);
            sum.AddInPlace(rows.sum([0]));
            squares.AddInPlace(rows.mul_(rows).sum([0]));
        }

        var mean = sum.DivideInPlace(set.Rows);
        double[] spreads = [.. SoftmaxObjective.Host(squares.DivideInPlace(set.Rows).sub_(mean.mul(mean))).Where(variance => variance > 0)];
        return (mean, spreads.Length == 0 || spreads.Max() <= MostUnlike * spreads.Min());
    }

    // [n, C]
    private static Tensor Read(TrainingSet set, Device device, int start)
    {
        var count = Math.Min(ChunkRows(set.Rows), set.Rows - start);
        var rows = empty([count, set.Width], ScalarType.Float32);
        var values = set.Features.Span.Slice(start * set.Width, count * set.Width);
        if (FeatureValues.FirstNotFinite(values) is >= 0 and var odd)
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
                gram.narrow(0, start, width - start).narrow(1, start, right.shape[1]).AddInPlace(values.narrow(1, start, width - start).t().matmul(right).to(ScalarType.Float64));
            });
        }

        return linalg.eigh(gram).Item2;
    }
}
