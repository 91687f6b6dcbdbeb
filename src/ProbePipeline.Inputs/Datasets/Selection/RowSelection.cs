using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Datasets.Selection;

/// <summary>Which rows of a dataset are taken.</summary>
public sealed record RowSelection
{
    /// <summary>Pixels that a region has at least.</summary>
    public int SmallestRegion { get; init; }

    /// <summary>The classes of the target that are taken; empty: all.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Rows of a class at most, drawn at random; null: all.</summary>
    public int? PerClass { get; init; }

    /// <summary>Whether every class gets as many rows as the rarest of those that are taken.</summary>
    public bool Balanced { get; init; }

    /// <summary>Seed of what is drawn.</summary>
    public long Seed { get; init; }

    /// <summary>Whether every row is taken.</summary>
    internal bool TakesAll => SmallestRegion == 0 && Classes.IsEmpty && PerClass is null && !Balanced;

    /// <summary>Two are equal when they take the same.</summary>
    public bool Equals(RowSelection? other) =>
        other is not null && (SmallestRegion, PerClass, Balanced, Seed) == (other.SmallestRegion, other.PerClass, other.Balanced, other.Seed) && Classes.SequenceEqual(other.Classes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SmallestRegion, Classes.Length, PerClass, Balanced, Seed);
}
