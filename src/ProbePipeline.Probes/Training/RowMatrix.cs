using System.Numerics;
using System.Runtime.InteropServices;

namespace ProbePipeline.Probes.Training;

/// <summary>
/// Many rows, [rows, D], and their products with a few vectors. Every pass over the rows serves several vectors at a time, since reading is what
/// such products wait for. D is the width padded to whole hardware vectors with zeros, which change nothing.
/// </summary>
internal sealed class RowMatrix
{
    private const int Together = 4;

    private readonly Vector<double>[] _values;
    private readonly int _vectors;

    /// <param name="features">[rows, width]</param>
    /// <param name="count">Number of rows.</param>
    public RowMatrix(float[] features, int count)
    {
        var width = features.Length / count;
        Count = count;
        Bias = width;
        _vectors = (width + Vector<double>.Count) / Vector<double>.Count;
        _values = new Vector<double>[count * _vectors];
        for (var row = 0; row < count; row++)
        {
            var target = Row(row);
            for (var column = 0; column < width; column++)
            {
                target[column] = features[(row * width) + column];
            }

            target[width] = 1;
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>D: the width, the bias, and zeros.</summary>
    public int Width => _vectors * Vector<double>.Count;

    /// <summary>The column that is 1 in every row; those behind it are 0.</summary>
    public int Bias { get; }

    /// <summary>A row, [D].</summary>
    public Span<double> Row(int row) => MemoryMarshal.Cast<Vector<double>, double>(Vectors(row));

    /// <summary>The product of every row with every vector.</summary>
    /// <param name="vectors">[K, D]</param>
    /// <param name="scores">[rows, K]</param>
    public void Scores(ReadOnlySpan<double> vectors, Span<double> scores)
    {
        var aligned = MemoryMarshal.Cast<double, Vector<double>>(vectors);
        var count = aligned.Length / _vectors;
        for (var row = 0; row < Count; row++)
        {
            var left = Vectors(row);
            var target = scores.Slice(row * count, count);
            var index = 0;
            for (; index + Together <= count; index += Together)
            {
                var first = Of(aligned, index);
                var second = Of(aligned, index + 1);
                var third = Of(aligned, index + 2);
                var fourth = Of(aligned, index + 3);
                Vector<double> one = default, two = default, three = default, four = default;
                for (var place = 0; place < left.Length; place++)
                {
                    var value = left[place];
                    one = Vector.FusedMultiplyAdd(value, first[place], one);
                    two = Vector.FusedMultiplyAdd(value, second[place], two);
                    three = Vector.FusedMultiplyAdd(value, third[place], three);
                    four = Vector.FusedMultiplyAdd(value, fourth[place], four);
                }

                (target[index], target[index + 1], target[index + 2], target[index + 3]) = (Vector.Sum(one), Vector.Sum(two), Vector.Sum(three), Vector.Sum(four));
            }

            for (; index < count; index++)
            {
                var right = Of(aligned, index);
                Vector<double> sum = default;
                for (var place = 0; place < left.Length; place++)
                {
                    sum = Vector.FusedMultiplyAdd(left[place], right[place], sum);
                }

                target[index] = Vector.Sum(sum);
            }
        }
    }

    /// <summary>Adds up the rows, each with its weights.</summary>
    /// <param name="weights">[rows, K]</param>
    /// <param name="sums">[K, D], added to.</param>
    public void AddWeighted(ReadOnlySpan<double> weights, Span<double> sums)
    {
        var aligned = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var count = aligned.Length / _vectors;
        for (var row = 0; row < Count; row += Together)
        {
            for (var index = 0; index < count; index++)
            {
                AddRows(row, aligned.Slice(index * _vectors, _vectors), weights[((row * count) + index)..], count);
            }
        }
    }

    /// <summary>The lower triangle of the sum over rows of weight x row x rowᵀ, row by row.</summary>
    /// <param name="weights">[rows]</param>
    public double[][] WeightedSquares(ReadOnlySpan<double> weights)
    {
        var triangle = new double[Bias + 1][];
        Span<double> products = stackalloc double[Together];
        for (var column = 0; column <= Bias; column++)
        {
            triangle[column] = new double[((column / Vector<double>.Count) + 1) * Vector<double>.Count];
        }

        for (var row = 0; row < Count; row += Together)
        {
            var together = Math.Min(Together, Count - row);
            for (var column = 0; column <= Bias; column++)
            {
                for (var other = 0; other < together; other++)
                {
                    products[other] = weights[row + other] * Row(row + other)[column];
                }

                AddRows(row, MemoryMarshal.Cast<double, Vector<double>>(triangle[column].AsSpan()), products[..together], 1);
            }
        }

        return triangle;
    }

    // As many of the next rows as go together, each times its weight, to the first vectors of a sum.
    private void AddRows(int row, Span<Vector<double>> sum, ReadOnlySpan<double> weights, int stride)
    {
        if (row + Together > Count)
        {
            for (var other = row; other < Count; other++)
            {
                var values = Vectors(other);
                var weight = new Vector<double>(weights[(other - row) * stride]);
                for (var place = 0; place < sum.Length; place++)
                {
                    sum[place] = Vector.FusedMultiplyAdd(values[place], weight, sum[place]);
                }
            }

            return;
        }

        var first = Vectors(row);
        var second = Vectors(row + 1);
        var third = Vectors(row + 2);
        var fourth = Vectors(row + 3);
        var (one, two, three, four) = (
            new Vector<double>(weights[0]), new Vector<double>(weights[stride]), new Vector<double>(weights[2 * stride]), new Vector<double>(weights[3 * stride]));
        for (var place = 0; place < sum.Length; place++)
        {
            var added = Vector.FusedMultiplyAdd(first[place], one, sum[place]);
            added = Vector.FusedMultiplyAdd(second[place], two, added);
            added = Vector.FusedMultiplyAdd(third[place], three, added);
            sum[place] = Vector.FusedMultiplyAdd(fourth[place], four, added);
        }
    }

    private Span<Vector<double>> Vectors(int row) => _values.AsSpan(row * _vectors, _vectors);

    private ReadOnlySpan<Vector<double>> Of(ReadOnlySpan<Vector<double>> vectors, int index) => vectors.Slice(index * _vectors, _vectors);
}
