namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// How one axis of a tile lies on the same axis of the original picture: original = <paramref name="Offset"/> + <paramref name="Scale"/> x tile.
/// Positions are continuous, in pixels: pixel i spans [i, i + 1), so that resizing is a pure change of scale.
/// </summary>
/// <param name="Offset">Where the tile's edge lies on the original, in its pixels; negative where the tile begins with padding.</param>
/// <param name="Scale">Pixels of the original that one pixel of the tile spans; positive.</param>
internal readonly record struct AxisMap(double Offset, double Scale)
{
    /// <summary>A tile that is the original itself.</summary>
    public static AxisMap Identity { get; } = new(0, 1);

    /// <summary>The position on the original, in its pixels, of a position on the tile.</summary>
    public double ToPicture(double tile) => Offset + (Scale * tile);

    /// <summary>The position on the tile, in its pixels, of a position on the original.</summary>
    public double ToTile(double picture) => (picture - Offset) / Scale;

    /// <summary>The map after the axis was resized from one number of pixels to another.</summary>
    public AxisMap Resized(int from, int to) => new(Offset, Scale * from / to);

    /// <summary>The map after the axis was made to begin at the given pixel: cropped where it is positive, padded where it is negative.</summary>
    public AxisMap StartingAt(int pixel) => new(ToPicture(pixel), Scale);
}
