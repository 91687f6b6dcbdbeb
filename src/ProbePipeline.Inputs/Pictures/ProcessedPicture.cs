namespace ProbePipeline.Inputs.Pictures;

/// <summary>A picture as a vision tower reads it.</summary>
/// <param name="Geometry">Where every tile lies on the original, and the sizes of both.</param>
/// <param name="Pixels">
/// float32 [tiles, 3, height, width], row-major: red, green and blue planes of every tile, normalised. Tiles past the geometry's are zero.
/// </param>
/// <param name="ReportedSize">
/// What the reference processor hands to the network as the picture's size: the original's, or the one after the HD transform (Phi-3-Vision).
/// </param>
public sealed record ProcessedPicture(PictureGeometry Geometry, ReadOnlyMemory<float> Pixels, PictureSize ReportedSize)
{
    /// <summary>Tiles in <see cref="Pixels"/>; more than the geometry has where the processor fills up with zero tiles.</summary>
    public int TileCount => Pixels.Length / TileLength;

    /// <summary>The pixels of the tiles that become tokens, float32 [tiles, 3, height, width]: without the zero tiles that the processor fills up with.</summary>
    /// <param name="layout">The picture's tokens.</param>
    public ReadOnlyMemory<float> PixelsOf(ImageTokenLayout layout) => Pixels[..(layout.TileCount * TileLength)];

    private int TileLength => 3 * Geometry.Tile.Height * Geometry.Tile.Width;

    /// <summary>The pixels of one tile, float32 [3, height, width].</summary>
    public ReadOnlyMemory<float> Tile(int tile) => Pixels.Slice(tile * TileLength, TileLength);
}
