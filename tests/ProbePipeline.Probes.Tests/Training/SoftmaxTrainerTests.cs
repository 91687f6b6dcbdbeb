using System.Globalization;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Training;

public sealed class SoftmaxTrainerTests
{
    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-2)]
    [InlineData(1.0)]
    public void Fit_TwoPoints_FindsTheRootOfTheDerivative(double l2)
    {
        // Features 1 and -1 for classes 1 and 0: log(1 + exp(-w)) + l2 / 2 w² is least where l2 w (1 + exp(w)) = 1, and the bias is 0.
        float[] features = [.. Enumerable.Range(0, 40).Select(row => row % 2 == 1 ? 1f : -1f)];

        var weights = SoftmaxTrainer.Fit(features, Labels(40, 2), 2, l2);

        var weight = Assert.Single(Assert.Single(weights.Weights));
        Assert.Equal(1, l2 * weight * (1 + Math.Exp(weight)), 1e-4);
        Assert.Equal(0, Assert.Single(weights.Biases), 1e-3);
    }

    // Rows x columns: fewer and more columns than rows, columns that are nearly alike, and one row far from all others.
    [Theory]
    [InlineData("noise", 60, 300, 2)]
    [InlineData("noise", 60, 300, 4)]
    [InlineData("noise", 300, 100, 2)]
    [InlineData("alike", 300, 100, 2)]
    [InlineData("alike", 300, 100, 3)]
    [InlineData("outlier", 300, 100, 2)]
    [InlineData("outlier", 300, 100, 3)]
    public void Fit_HardProblem_ReachesTheOptimum(string kind, int rows, int width, int classCount)
    {
        var features = Problem(kind, rows, width);
        var labels = Labels(rows, classCount);
        foreach (var l2 in new[] { 1e-6, 1e-4, 1e-2 })
        {
            var weights = SoftmaxTrainer.Fit(features, labels, classCount, l2);

            // The penalty makes the objective l2-strongly convex. Rounding the weights to floats alone costs the loose bound up to 2e-6.
            var bound = SquaredGradient(weights, features, labels, classCount, l2) / (2 * l2);
            Assert.True(bound < 1e-5, string.Create(CultureInfo.InvariantCulture, $"{l2}: the objective may be {bound:e1} above its minimum"));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_ColumnsOfZeros_LearnsTheSharesOfTheClasses(int classCount)
    {
        // Class 0 twice as often as the others.
        int[] labels = [.. Enumerable.Range(0, 60 * (classCount + 1)).Select(row => Math.Max(0, (row % (classCount + 1)) - 1))];

        var weights = SoftmaxTrainer.Fit(new float[labels.Length * 4], labels, classCount, 1e-3);

        var probabilities = Assert.Single(weights.Probabilities(new float[4], 1));
        Assert.All(weights.Weights, vector => Assert.Equal(new float[4], vector.Select(Math.Abs)));
        Assert.Equal(2.0 / (classCount + 1), probabilities[0], 1e-4);
        Assert.All(probabilities[1..], probability => Assert.Equal(1.0 / (classCount + 1), probability, 1e-4));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public void Fit_ClassesWithoutRows_GetNextToNoProbability(int classCount, int present)
    {
        // A control task may leave a class without training rows.
        var features = SyntheticFeatures.Noise(60 * 4, 1);

        var probabilities = SoftmaxTrainer.Fit(features, Labels(60, present), classCount, 1e-3).Probabilities(features, 60);

        Assert.All(probabilities, row => Assert.InRange(row[present..].Sum(), 0, 1e-4));
        Assert.All(probabilities, row => Assert.Equal(1, row.Sum(), 1e-12));
    }

    [Fact]
    public void Fit_Twice_IsTheSameToTheBit()
    {
        var features = Problem("alike", 300, 20);

        var (one, other) = (SoftmaxTrainer.Fit(features, Labels(300, 3), 3, 1e-3), SoftmaxTrainer.Fit(features, Labels(300, 3), 3, 1e-3));

        Assert.Equal(one.Weights.SelectMany(vector => vector), other.Weights.SelectMany(vector => vector));
        Assert.Equal(one.Biases, other.Biases);
    }

    private static int[] Labels(int rows, int classCount) => [.. Enumerable.Range(0, rows).Select(row => row % classCount)];

    /// <summary>[rows, width], standardised.</summary>
    private static float[] Problem(string kind, int rows, int width)
    {
        var values = SyntheticFeatures.Noise(rows * width, 1);
        var common = SyntheticFeatures.Noise(rows * 5, 2);
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = kind switch
            {
                "alike" => common[(index / width * 5) + (index % 5)] + (0.05f * values[index]),
                "outlier" => index < width ? 1000 * values[index] : values[index],
                _ => values[index],
            };
        }

        var features = new FeatureMatrix(values, width);
        return Standardization.Of(features, [.. Enumerable.Range(0, rows)]).Apply(features, [.. Enumerable.Range(0, rows)]);
    }

    /// <summary>Of the objective with a vector a class, in double precision.</summary>
    private static double SquaredGradient(LinearWeights weights, float[] features, int[] labels, int classCount, double l2)
    {
        var (width, probabilities) = (features.Length / labels.Length, weights.Probabilities(features, labels.Length));
        var sum = 0.0;
        // Of two classes only the second has a vector.
        for (var index = 0; index < weights.Weights.Length; index++)
        {
            var label = classCount == 2 ? 1 : index;
            double[] residuals = [.. probabilities.Zip(labels, (row, actual) => row[label] - (actual == label ? 1 : 0))];
            var bias = residuals.Average();
            sum += bias * bias;
            for (var column = 0; column < width; column++)
            {
                var slope = residuals.Index().Average(row => row.Item * features[(row.Index * width) + column]) + (l2 * weights.Weights[index][column]);
                sum += slope * slope;
            }
        }

        return sum;
    }
}
