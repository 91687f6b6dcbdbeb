using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Probes;

/// <summary>A probe, its figures, and what it said about the test rows.</summary>
/// <param name="Result">The figures.</param>
/// <param name="Probes">Fold by fold the probe with the chosen penalty, which has seen neither the fold's validation nor its test rows, unless it was fitted again on the former.</param>
/// <param name="TestPredictions">For every row of <see cref="LabeledRows.Test"/>, in that order, the index of the predicted class.</param>
/// <param name="TestProbabilities">For every test row, in the same order, the probability of every class.</param>
public sealed record ProbeOutcome(ProbeResult Result, ImmutableArray<LinearProbe> Probes, ImmutableArray<int> TestPredictions, ImmutableArray<double[]> TestProbabilities)
{
    /// <summary>The only split's probe, or that of the first fold.</summary>
    public LinearProbe Probe => Probes[0];

    /// <summary>What the probes say about other vectors of the same rows, each fold's about the rows that it tests.</summary>
    /// <param name="features">Vectors of the site, one a row.</param>
    /// <param name="rows">The rows that the probes were fitted on.</param>
    /// <returns>For every row of <see cref="LabeledRows.Test"/>, in that order, the index of the predicted class.</returns>
    /// <exception cref="ProbeException">The vectors are of another width than those that the probes were trained on.</exception>
    public ImmutableArray<int> Predict(FeatureMatrix features, LabeledRows rows) =>
        rows.OutOfFold((fold, place) => Probes[place].Predict(features, fold.Test));
}
