namespace ProbePipeline.Probes.Results;

/// <summary>How the regions came to lie on the model's tokens.</summary>
/// <param name="Threshold">The share of a token's square from which on it counts as covered.</param>
/// <param name="BestCoveredOnly">Rows whose region reaches the threshold nowhere, so that the best-covered token alone was taken.</param>
/// <param name="MeanTokens">Mean number of image tokens a region.</param>
public sealed record RegionSummary(double Threshold, int BestCoveredOnly, double MeanTokens);
