using System.Collections.Immutable;

namespace ProbePipeline.Features;

/// <summary>What is known of a row beside its features.</summary>
/// <param name="Id">Its name, unlike any other row's.</param>
/// <param name="Image">Index of the picture that it is about: rows of one picture are never split.</param>
/// <param name="Attributes">One value for each of <see cref="FeatureManifest.AttributeNames"/>.</param>
public sealed record FeatureRow(string Id, int Image, ImmutableArray<string> Attributes);
