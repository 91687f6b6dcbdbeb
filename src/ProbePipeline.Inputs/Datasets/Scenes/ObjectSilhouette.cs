using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Datasets.Scenes;

/// <summary>
/// An object of a scene: what its outline is and what it calls a circle, a triangle and a square. Outlines are tested on doubled pixel centres,
/// offsets from the object's own: at most 84 across and 48 down inside its box.
/// </summary>
internal sealed record ObjectSilhouette(string Name, string Circle, string Triangle, string Square, Func<int, int, bool> Contains)
{
    /// <summary>Half the width of an object's box, in pixels.</summary>
    public const int HalfWidth = 42;

    /// <summary>Half the height of an object's box, in pixels.</summary>
    public const int HalfHeight = 24;

    private const int W = 2 * HalfWidth;
    private const int H = 2 * HalfHeight;

    /// <summary>Every object, in the order in which they are drawn from.</summary>
    public static ImmutableArray<ObjectSilhouette> All { get; } =
    [
        new("car", "wheel", "light", "window", (across, down) => Math.Abs(across) <= W && 10 * Math.Abs(down) <= 6 * H),
        new("face", "eye", "nose", "mouth", (across, down) => (across * across * H * H) + (down * down * W * W) <= W * W * H * H),
        new("house", "lamp", "roof", "door", (across, down) => 100 * Math.Abs(across) <= 72 * W && Math.Abs(down) <= H),
        // Its half width falls from the whole at the top to 0.6 at the bottom.
        new("boat", "anchor", "sail", "cabin", (across, down) =>
            10 * Math.Abs(down) <= 8 * H && 40 * Math.Abs(across) * H <= (40 * W * H) - (10 * W * down) - (8 * W * H)),
        new("tree", "apple", "leaf", "trunk", (across, down) =>
            100 * ((Math.Abs(across) * H) + (Math.Abs(down) * W)) <= 115 * W * H && Math.Abs(across) <= W && Math.Abs(down) <= H),
    ];

    /// <summary>What the object calls a part of the given shape.</summary>
    public string NameOf(PartShape shape) => shape == PartShape.Circle ? Circle : shape == PartShape.Triangle ? Triangle : Square;
}
