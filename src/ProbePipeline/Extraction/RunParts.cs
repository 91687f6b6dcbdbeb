using ProbePipeline.Features;

namespace ProbePipeline.Extraction;

/// <summary>All that a run's analysis reads.</summary>
/// <param name="Store">The features, complete.</param>
/// <param name="Erasers">What the conditions erase.</param>
/// <param name="Means">What they put in place of keys and values.</param>
/// <param name="RandomModel">The untrained network's features, complete; null: they were not asked for.</param>
internal sealed record RunParts(FeatureStore Store, FittedErasers Erasers, FittedMeans Means, FeatureStore? RandomModel);
