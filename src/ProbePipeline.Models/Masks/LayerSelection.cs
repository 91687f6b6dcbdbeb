using System.Collections.Immutable;
using System.Globalization;

namespace ProbePipeline.Models.Masks;

/// <summary>Layers of a tower, counted from 0, chosen before the tower's depth is known.</summary>
public sealed record LayerSelection
{
    private readonly string _text;
    private readonly Func<int, IEnumerable<int>> _choose;

    private LayerSelection(string text, Func<int, IEnumerable<int>> choose)
    {
        _text = text;
        _choose = choose;
    }

    /// <summary>Every layer.</summary>
    public static LayerSelection All { get; } = new("all", count => Enumerable.Range(0, count));

    /// <summary>The first half; the middle layer of an odd number belongs to the late half.</summary>
    public static LayerSelection EarlyHalf { get; } = new("early half", count => Enumerable.Range(0, count / 2));

    /// <summary>The second half, with the middle layer of an odd number.</summary>
    public static LayerSelection LateHalf { get; } = new("late half", count => Enumerable.Range(count / 2, count - count / 2));

    /// <summary>The given layers.</summary>
    public static LayerSelection Of(params IEnumerable<int> layers)
    {
        ImmutableArray<int> chosen = [.. layers.Distinct().Order()];
        return new(string.Join(", ", chosen.Select(layer => layer.ToString(CultureInfo.InvariantCulture))), _ => chosen);
    }

    /// <summary>The layers from first to last, both included.</summary>
    public static LayerSelection Range(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        return new(string.Create(CultureInfo.InvariantCulture, $"{first}-{last}"), _ => Enumerable.Range(first, last - first + 1));
    }

    /// <summary>The layers in a tower of the given depth, ascending.</summary>
    /// <exception cref="MaskException">A layer is named that the tower does not have, or none is chosen.</exception>
    public ImmutableArray<int> Resolve(int layerCount)
    {
        ImmutableArray<int> layers = [.. _choose(layerCount)];
        foreach (var layer in layers.Where(layer => layer < 0 || layer >= layerCount))
        {
            throw new MaskException($"layer {layer} does not exist: the tower has {layerCount} layers, 0 to {layerCount - 1}");
        }

        return layers.IsEmpty ? throw new MaskException($"layers '{_text}' choose none of the tower's {layerCount} layers") : layers;
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    /// <summary>Two selections are equal when they are written alike.</summary>
    public bool Equals(LayerSelection? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
