using Microsoft.ML;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>The batched trainer among ML.NET's trainers.</summary>
public static class SoftmaxRegressionTrainers
{
    /// <summary>
    /// Softmax regression to its optimum by preconditioned L-BFGS on tensors, on a CPU or a GPU: the minimum of mean cross-entropy + l2 / 2 x the
    /// squared weights, biases free. A class that no row has gets probability 0.
    /// </summary>
    /// <param name="catalog">The catalog of multiclass trainers.</param>
    /// <param name="labelColumnName">The classes, a key column.</param>
    /// <param name="featureColumnName">The vectors, float of one length.</param>
    /// <param name="l2Regularization">The penalty on the mean loss.</param>
    public static BatchedSoftmaxRegressionTrainer BatchedSoftmaxRegression(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features", double l2Regularization = 1e-3) =>
        catalog.BatchedSoftmaxRegression(new BatchedSoftmaxRegressionOptions { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, L2Regularization = l2Regularization });

    /// <inheritdoc cref="BatchedSoftmaxRegression(MulticlassClassificationCatalog.MulticlassClassificationTrainers, string, string, double)"/>
    /// <param name="options">Columns and penalty, how exact, and where to compute.</param>
    public static BatchedSoftmaxRegressionTrainer BatchedSoftmaxRegression(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, BatchedSoftmaxRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new BatchedSoftmaxRegressionTrainer(options);
    }
}
