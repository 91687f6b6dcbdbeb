namespace ProbePipeline.Probes.Results;

/// <summary>How alike two conditions' states of the same test rows are.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Against">The condition that it is compared with.</param>
/// <param name="Site">The site.</param>
/// <param name="Cosine">Mean over rows of the cosine between a row's two vectors, -1 to 1; null where all vectors are zero.</param>
/// <param name="Cka">Linear centred kernel alignment, biased form, 0 to 1 (Kornblith et al. 2019, arXiv 1905.00414); null where a condition's states are all equal.</param>
public sealed record ConditionSimilarity(string Condition, string Against, string Site, double? Cosine, double? Cka);
