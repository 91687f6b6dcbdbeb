using System.Collections.Immutable;

namespace ProbePipeline.Probes.Training;

/// <summary>A linear classifier: a weight vector and a bias a class; of two classes only the second's, the first's being zero.</summary>
/// <param name="Weights">[classes or 1, width]</param>
/// <param name="Biases">[classes or 1]</param>
public sealed record LinearWeights(ImmutableArray<ImmutableArray<float>> Weights, ImmutableArray<float> Biases)
{
    /// <summary>Numbers a row.</summary>
    public int Width => Weights[0].Length;

    /// <summary>Probabilities of every class, [rows, classes].</summary>
    /// <param name="features">[rows, width], standardised as the rows were that the weights were fitted on.</param>
    /// <param name="rows">Number of rows.</param>
    public double[][] Probabilities(ReadOnlySpan<float> features, int rows)
    {
        var width = Width;
        var probabilities = new double[rows][];
        for (var row = 0; row < rows; row++)
        {
            var vector = features.Slice(row * width, width);
            var scores = new double[Weights.Length];
            for (var index = 0; index < scores.Length; index++)
            {
                scores[index] = Dot(vector, Weights[index].AsSpan()) + Biases[index];
            }

            probabilities[row] = Softmax(scores.Length == 1 ? [0, scores[0]] : scores);
        }

        return probabilities;
    }

    /// <summary>For every row the index of the likeliest class; of equals the first.</summary>
    internal static ImmutableArray<int> Predictions(double[][] probabilities) => [.. probabilities.Select(row => Array.IndexOf(row, row.Max()))];

    /// <summary>One class for every row.</summary>
    internal static LinearWeights OneClass(int width) => new([[.. new float[width]], [.. new float[width]]], [0, float.NegativeInfinity]);

    /// <summary>The same among more classes, of which the others have probability 0.</summary>
    /// <param name="present">For each of these classes its index there.</param>
    /// <param name="classCount">How many classes there are.</param>
    internal LinearWeights Spread(ReadOnlySpan<int> present, int classCount)
    {
        ImmutableArray<float> zeros = [.. new float[Width]];
        var (weights, biases) = Weights.Length == 1 ? ([zeros, Weights[0]], [0, Biases[0]]) : (Weights, Biases);
        ImmutableArray<float>[] spreadWeights = [.. Enumerable.Repeat(zeros, classCount)];
        float[] spreadBiases = [.. Enumerable.Repeat(float.NegativeInfinity, classCount)];
        for (var index = 0; index < present.Length; index++)
        {
            (spreadWeights[present[index]], spreadBiases[present[index]]) = (weights[index], biases[index]);
        }

        return new LinearWeights([.. spreadWeights], [.. spreadBiases]);
    }

    private static double Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var sum = 0.0;
        for (var index = 0; index < other.Length; index++)
        {
            sum += (double)one[index] * other[index];
        }

        return sum;
    }

    private static double[] Softmax(double[] scores)
    {
        var highest = scores.Max();
        var sum = 0.0;
        for (var index = 0; index < scores.Length; index++)
        {
            sum += scores[index] = Math.Exp(scores[index] - highest);
        }

        for (var index = 0; index < scores.Length; index++)
        {
            scores[index] /= sum;
        }

        return scores;
    }
}
