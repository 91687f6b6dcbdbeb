using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Datasets.Listing;

/// <summary>A part of a picture that is listed.</summary>
/// <param name="Id">Its name in the dataset.</param>
/// <param name="Place">Where it stands, for errors.</param>
/// <param name="Region">How its region is marked.</param>
/// <param name="Attributes">What is known of it; empty where the dataset says nothing.</param>
internal sealed record ListedPart(string Id, string Place, RegionSource Region, ImmutableArray<KeyValuePair<string, string>> Attributes);
