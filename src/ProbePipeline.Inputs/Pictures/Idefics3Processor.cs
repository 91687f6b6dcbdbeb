namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Idefics3 and SmolVLM: the picture's longer edge brought to one length, then both edges stretched to whole tiles, of which an overview is made
/// (transformers 5.23, Idefics3ImageProcessorPil). A picture that is one tile large is its own overview.
/// </summary>
/// <remarks>The overview is tile 0 here, as in every family; the reference puts it last. Tiles do not see one another in the vision tower.</remarks>
internal sealed record Idefics3Processor : PictureProcessor
{
    /// <summary>What no edge is longer than before it is stretched to whole tiles.</summary>
    private const int LongestAllowed = 4096;

    /// <summary>Creates the class's defaults.</summary>
    public Idefics3Processor() => Normalization = PixelNormalization.Symmetric;

    /// <summary>The length that the longer edge is brought to (<c>size</c>); null leaves the picture's size.</summary>
    public int? LongestEdge { get; init; } = 4 * 364;

    /// <summary>Side of a tile in pixels (<c>max_image_size</c>).</summary>
    public int TileSize { get; init; } = 364;

    /// <summary>Whether there are tiles beside the overview (<c>do_image_splitting</c>).</summary>
    public bool Splits { get; init; } = true;

    /// <summary>How it is resized.</summary>
    public ResamplingFilter Filter { get; init; } = ResamplingFilter.Lanczos;

    private PictureSize Tile => new(TileSize, TileSize);

    /// <inheritdoc/>
    public override PictureGeometry Geometry(PictureSize picture)
    {
        var whole = Whole(picture);
        var (vertical, horizontal) = (AxisMap.Identity.Resized(picture.Height, whole.Height), AxisMap.Identity.Resized(picture.Width, whole.Width));
        var overview = (vertical.Resized(whole.Height, TileSize), horizontal.Resized(whole.Width, TileSize));
        return PictureGeometry.Create(picture, Tile, whole == Tile ? [overview] : [overview, .. TileAxes(vertical, horizontal, whole, TileSize)]);
    }

    /// <inheritdoc/>
    public override ImageTokenLayout Layout(PictureSize picture, VisionTokens tokens) => Idefics3TokenLayout.Create(Whole(picture), TileSize, tokens);

    /// <inheritdoc/>
    public override int TokenSide(VisionTokens tokens) => tokens.MergedSide * tokens.PatchSize;

    private protected override ProcessedPicture ProcessOpaque(Picture picture)
    {
        var geometry = Geometry(picture.Size);
        var (tileLength, whole) = (3 * TileSize * TileSize, Whole(picture.Size));
        var pixels = new float[geometry.Tiles.Length * tileLength];
        // Bytes are rounded after each of the three steps.
        var stretched = PillowResampler.Resize(PillowResampler.Resize(picture, Scaled(picture.Size), Filter), whole, Filter);
        Normalization.Write(PillowResampler.Resize(stretched, Tile, Filter), pixels.AsSpan(0, tileLength));
        if (geometry.Tiles.Length > 1)
        {
            WriteTiles(stretched, TileSize, pixels.AsSpan(tileLength));
        }

        return new ProcessedPicture(geometry, pixels, picture.Size);
    }

    /// <summary>The picture's size in whole tiles; one tile where it is not split.</summary>
    private PictureSize Whole(PictureSize picture)
    {
        if (!Splits)
        {
            return Tile;
        }

        var scaled = Scaled(picture);
        if (scaled.Width < scaled.Height)
        {
            var height = WholeTiles(scaled.Height);
            return new PictureSize(height, WholeTiles((int)(height * scaled.AspectRatio)));
        }

        var width = WholeTiles(scaled.Width);
        return new PictureSize(WholeTiles((int)(width / scaled.AspectRatio)), width);
    }

    private int WholeTiles(int length) => (length + TileSize - 1) / TileSize * TileSize;

    private PictureSize Scaled(PictureSize picture)
    {
        if (LongestEdge is not { } edge)
        {
            return picture;
        }

        // The shorter edge is rounded down, and an odd one up again to an even number.
        var scaled = LongerEdge(picture, edge);
        scaled = picture.Width < picture.Height ? scaled with { Width = Even(scaled.Width) } : scaled with { Height = Even(scaled.Height) };
        scaled = AtLeastOne(scaled);
        return Math.Max(scaled.Height, scaled.Width) > LongestAllowed ? AtLeastOne(LongerEdge(scaled, LongestAllowed)) : scaled;
    }

    private static PictureSize LongerEdge(PictureSize picture, int length) => picture.Width < picture.Height
        ? new PictureSize(length, (int)(length * picture.AspectRatio))
        : new PictureSize((int)(length / picture.AspectRatio), length);

    private static int Even(int length) => length + (length % 2);

    private static PictureSize AtLeastOne(PictureSize size) => new(Math.Max(size.Height, 1), Math.Max(size.Width, 1));
}
