using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>What else is read from the same states, beside the classes of the target.</summary>
public sealed record TargetOptions
{
    /// <summary>Numbers, by ridge regression: <c>region.area</c>, <c>region.x</c>, <c>region.y</c>, or a field whose values are numbers.</summary>
    public ImmutableArray<string> Numeric { get; init; } = [];

    /// <summary>Fields whose values in the whole picture are read as a set of labels, by a logistic regression a label.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];
}
