using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Datasets;

/// <summary>Something that is known of every part of a dataset.</summary>
/// <param name="Name">Its name, as questions and targets write it.</param>
/// <param name="Values">Every value that a part may have, in the dataset's own order.</param>
public sealed record PartAttribute(string Name, ImmutableArray<string> Values);
