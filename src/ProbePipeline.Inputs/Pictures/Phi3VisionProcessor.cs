namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Phi-3-Vision's HD transform: the picture fills as many tiles along its longer edge as the budget allows, with its shorter edge
/// padded with white on both sides to whole tiles; tile 0 is an overview of that, the tiles follow, then zeros up to the budget
/// (microsoft/Phi-3-vision-128k-instruct, image_processing_phi3_v.py, May 2024).
/// </summary>
internal sealed record Phi3VisionProcessor : PictureProcessor
{
    /// <summary>The most tiles beside the overview (<c>num_crops</c>).</summary>
    public int MaximumTiles { get; init; } = 1;

    /// <summary>Side of a tile in pixels; every published model has 336.</summary>
    public int TileSize { get; init; } = 336;

    /// <inheritdoc/>
    public override PictureGeometry Geometry(PictureSize picture)
    {
        var (fitted, whole) = HighDefinition(picture);
        var vertical = Axis(picture.Height, fitted.Height, whole.Height);
        var horizontal = Axis(picture.Width, fitted.Width, whole.Width);
        var overview = (vertical.Resized(whole.Height, TileSize), horizontal.Resized(whole.Width, TileSize));
        return PictureGeometry.Create(picture, new PictureSize(TileSize, TileSize), [overview, .. TileAxes(vertical, horizontal, whole, TileSize)]);
    }

    /// <inheritdoc/>
    public override ImageTokenLayout Layout(PictureSize picture, VisionTokens tokens) =>
        Phi3VisionTokenLayout.Create(HighDefinition(picture).Whole, TileSize, tokens);

    /// <summary>A token stands for 2 x 2 patches.</summary>
    public override int TokenSide(VisionTokens tokens) => 2 * tokens.PatchSize;

    private protected override ProcessedPicture ProcessOpaque(Picture picture)
    {
        var (fitted, whole) = HighDefinition(picture.Size);
        var padded = Fit(picture, fitted)
            .PlaceOn(whole, PaddingBefore(fitted.Height, whole.Height), PaddingBefore(fitted.Width, whole.Width), Rgb.White);
        var tileLength = 3 * TileSize * TileSize;
        var pixels = new float[(MaximumTiles + 1) * tileLength];
        var planes = new float[3 * whole.Height * whole.Width];
        Normalization.Write(padded, planes);
        FloatBicubic.Resize(planes, whole, new PictureSize(TileSize, TileSize), pixels.AsSpan(0, tileLength));
        WriteTiles(padded, TileSize, pixels.AsSpan(tileLength));
        return new ProcessedPicture(Geometry(picture.Size), pixels, whole);
    }

    /// <summary>The sizes of the picture before and after it is padded to whole tiles.</summary>
    private (PictureSize Fitted, PictureSize Whole) HighDefinition(PictureSize picture)
    {
        if (picture.Width < picture.Height)
        {
            var (turned, turnedWhole) = HighDefinition(picture.Transposed);
            return (turned.Transposed, turnedWhole.Transposed);
        }

        var columns = 1;
        while ((columns + 1) * Math.Ceiling((columns + 1) / picture.AspectRatio) <= MaximumTiles)
        {
            columns++;
        }

        var width = columns * TileSize;
        var height = (int)(width / picture.AspectRatio);
        if (height < 1)
        {
            throw new PictureException(
                $"A picture of {picture} pixels has no row left once it is {width} pixels wide. The HD transform cannot take one as narrow as this: cut it.");
        }

        return (new PictureSize(height, width), new PictureSize((height + TileSize - 1) / TileSize * TileSize, width));
    }

    /// <summary>Portraits are resized lying on their side: the order of the two passes shows in the rounding.</summary>
    private static Picture Fit(Picture picture, PictureSize size) => picture.Width < picture.Height
        ? PillowResampler.Resize(picture.Transpose(), size.Transposed, ResamplingFilter.Bilinear).Transpose()
        : PillowResampler.Resize(picture, size, ResamplingFilter.Bilinear);

    private static AxisMap Axis(int picture, int fitted, int whole) => AxisMap.Identity.Resized(picture, fitted).StartingAt(-PaddingBefore(fitted, whole));

    private static int PaddingBefore(int fitted, int whole) => (whole - fitted) / 2;
}
