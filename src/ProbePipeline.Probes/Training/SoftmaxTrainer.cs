using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace ProbePipeline.Probes.Training;

/// <summary>
/// Softmax regression by ML.NET's L-BFGS, its last digits by <see cref="NewtonRefinement"/>: the minimum of the mean cross-entropy + l2 / 2 x the
/// squared weights, biases free. Two classes have one weight vector (a sigmoid), as in scikit-learn. A class that no row has gets probability 0.
/// </summary>
internal static class SoftmaxTrainer
{
    // From here on the refinement is quicker.
    private const float Tolerance = 1e-4f;

    /// <param name="features">[rows, width], standardised.</param>
    /// <param name="labels">Index of every row's class.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="l2">The penalty on the mean loss.</param>
    public static LinearWeights Fit(float[] features, int[] labels, int classCount, double l2)
    {
        int[] present = [.. labels.Distinct().Order()];
        if (present.Length < classCount)
        {
            // Its bias would fall without end.
            int[] places = [.. labels.Select(label => Array.IndexOf(present, label))];
            return (present.Length > 1 ? Fit(features, places, present.Length, l2) : LinearWeights.OneClass(features.Length / labels.Length)).Spread(present, classCount);
        }

        var view = new TrainingView(features, labels, classCount);
        // ML.NET's penalty is on the sum of the losses.
        var penalty = (float)(l2 * labels.Length);
        return classCount == 2
            ? One(NewtonRefinement.Refine(Two(Binary(view, penalty)), features, labels, 2 * l2))
            : NewtonRefinement.Refine(Multiclass(view, penalty), features, labels, l2);
    }

    // A sigmoid of w is a softmax of -w / 2 and w / 2. These have half of w's squared weights, so the same objective takes twice the penalty.
    private static LinearWeights Two(LinearWeights one) => new(
        [[.. one.Weights[0].Select(value => -value / 2)], [.. one.Weights[0].Select(value => value / 2)]],
        [-one.Biases[0] / 2, one.Biases[0] / 2]);

    private static LinearWeights One(LinearWeights two) => new(
        [[.. two.Weights[1].Zip(two.Weights[0], (second, first) => second - first)]],
        [two.Biases[1] - two.Biases[0]]);

    // One thread: several fits run side by side, and the result does not depend on the machine's cores.
    private static LinearWeights Multiclass(TrainingView view, float penalty)
    {
        var trainer = new MLContext(seed: 0).MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = penalty,
            OptimizationTolerance = Tolerance,
            NumberOfThreads = 1,
        });
        var model = trainer.Fit(view).Model;
        var weights = default(VBuffer<float>[]);
        model.GetWeights(ref weights, out _);
        return new LinearWeights([.. weights!.Select(vector => vector.DenseValues().ToImmutableArray())], [.. model.GetBiases()]);
    }

    private static LinearWeights Binary(TrainingView view, float penalty)
    {
        var trainer = new MLContext(seed: 0).BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = penalty,
            OptimizationTolerance = Tolerance,
            NumberOfThreads = 1,
        });
        var model = trainer.Fit(view).Model.SubModel;
        return new LinearWeights([[.. model.Weights]], [model.Bias]);
    }
}
