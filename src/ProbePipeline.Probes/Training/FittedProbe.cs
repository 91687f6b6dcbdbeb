using System.Collections.Immutable;

namespace ProbePipeline.Probes.Training;

/// <summary>A probe under one penalty.</summary>
internal sealed record FittedProbe(
    double L2,
    LinearWeights Weights,
    Standardization Standardization,
    double ValidationAccuracy,
    double ValidationLogLoss,
    double TestAccuracy,
    ImmutableArray<int> TestPredictions,
    double[][] TestProbabilities);
