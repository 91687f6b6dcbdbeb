namespace ProbePipeline.Inputs.Datasets.Scenes;

/// <summary>The shape of a part of a scene, with its test on doubled pixel centres: (2x + 1, 2y + 1) are integers, and so is all of the arithmetic.</summary>
internal sealed record PartShape(string Name, Func<int, int, bool> Contains)
{
    /// <summary>Half the side of the square that a part lies in, in pixels.</summary>
    public const int HalfSide = 8;

    private const int Extent = 2 * HalfSide;

    public static PartShape Circle { get; } = new("circle", (across, down) => (across * across) + (down * down) <= Extent * Extent);

    /// <summary>Its apex is up.</summary>
    public static PartShape Triangle { get; } = new("triangle", (across, down) => Math.Abs(down) <= Extent && 2 * Math.Abs(across) <= down + Extent);

    /// <summary>Seven eighths of the circle's diameter wide.</summary>
    public static PartShape Square { get; } = new("square", (across, down) => Math.Abs(across) * 8 <= Extent * 7 && Math.Abs(down) * 8 <= Extent * 7);
}
