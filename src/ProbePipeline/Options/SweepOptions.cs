using System.Collections.Immutable;
using ProbePipeline.Models.Masks;

namespace ProbePipeline.Options;

/// <summary>One block in a window of layers that slides through its tower: a condition a window.</summary>
/// <param name="Name">Begins the conditions' names: <c>vision-window.0-1</c>.</param>
/// <param name="Block">What is cut in the layers of the window; its own layers are not looked at.</param>
public sealed record SweepOptions(string Name, AttentionBlock Block)
{
    /// <summary>Layers a window.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Layers from one window to the next.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The windows that fit into a tower, from its first layer on.</summary>
    /// <exception cref="ExperimentException">The tower has fewer layers than a window.</exception>
    internal ImmutableArray<(int First, int Last)> Windows(int layerCount) => Window <= layerCount
        ? [.. Enumerable.Range(0, ((layerCount - Window) / Stride) + 1).Select(index => (index * Stride, (index * Stride) + Window - 1))]
        : throw new ExperimentException(FormattableString.Invariant(
            $"sweeps.{Name}.window: expected no more than the {layerCount} layers of the {Block.Tower} tower; found {Window}"));

    /// <summary>The condition of a window.</summary>
    internal ConditionOptions Condition(int first, int last) => new(
        first == last ? FormattableString.Invariant($"{Name}.{first}") : FormattableString.Invariant($"{Name}.{first}-{last}"),
        [Block with { Layers = LayerSelection.Range(first, last) }]);
}
