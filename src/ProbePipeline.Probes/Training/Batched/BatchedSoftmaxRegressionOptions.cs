namespace ProbePipeline.Probes.Training.Batched;

/// <summary>How <see cref="BatchedSoftmaxRegressionTrainer"/> trains, and on which columns.</summary>
public sealed record BatchedSoftmaxRegressionOptions
{
    /// <summary>The classes: a key, whose values' names become those of the scores.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The vectors: float, of a known length, all finite.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>The penalty on the mean loss: the objective is mean cross-entropy + l2 / 2 x the squared weights, biases free.</summary>
    public double L2Regularization { get; init; } = 1e-3;

    /// <summary>How far above its minimum the objective may end, certified by its gradient.</summary>
    public double GapTolerance { get; init; } = 1e-8;

    /// <summary>Where to compute: auto, cpu, cuda or cuda:N.</summary>
    public string Device { get; init; } = "auto";
}
