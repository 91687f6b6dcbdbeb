using System.Collections.Immutable;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes;

/// <summary>A fitted probe: what it takes to read vectors of the site that it was trained at.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="Standardization">What the columns are brought to first.</param>
/// <param name="Weights">The classifier.</param>
/// <param name="L2">The penalty on the mean loss that it was fitted with.</param>
public sealed record LinearProbe(ImmutableArray<string> Classes, Standardization Standardization, LinearWeights Weights, double L2)
{
    /// <summary>Probabilities of every class, [rows.Length, classes].</summary>
    /// <param name="features">Vectors of the site.</param>
    /// <param name="rows">Which of them.</param>
    /// <exception cref="ProbeException">The vectors are of another width than those that the probe was trained on.</exception>
    public double[][] Probabilities(FeatureMatrix features, ImmutableArray<int> rows) => features.Width == Weights.Width
        ? Weights.Probabilities(Standardization.Apply(features, rows), rows.Length)
        : throw new ProbeException($"expected vectors of {Weights.Width} numbers, as the probe was trained on; found {features.Width}");

    /// <summary>For every row the index of the likeliest class; of equals the first.</summary>
    /// <inheritdoc cref="Probabilities"/>
    public ImmutableArray<int> Predict(FeatureMatrix features, ImmutableArray<int> rows) =>
        LinearWeights.Predictions(Probabilities(features, rows));
}
