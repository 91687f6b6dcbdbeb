namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// One tile a picture: pad to a square, resize, crop the centre, each where it is asked for.
/// CLIP, LLaVA 1.5 and SigLIP (transformers 5.23: CLIPImageProcessorPil, LlavaImageProcessorPil, SiglipImageProcessorPil).
/// </summary>
internal sealed record SingleTileProcessor : PictureProcessor
{
    /// <summary>Whether the shorter edge is first padded on both sides to the longer one's length, in the mean colour.</summary>
    public bool PadToSquare { get; init; }

    /// <summary>What the picture is resized to; null leaves its size.</summary>
    public ResizeTarget? Resize { get; init; }

    /// <summary>How it is resized.</summary>
    public ResamplingFilter Filter { get; init; } = ResamplingFilter.Bicubic;

    /// <summary>The centre that is kept, with black around a picture that is smaller; null keeps everything.</summary>
    public PictureSize? Crop { get; init; }

    /// <inheritdoc/>
    public override PictureGeometry Geometry(PictureSize picture)
    {
        var (padded, resized, tile) = Sizes(picture);
        var vertical = Axis(picture.Height, padded.Height, resized.Height, tile.Height);
        var horizontal = Axis(picture.Width, padded.Width, resized.Width, tile.Width);
        return PictureGeometry.Create(picture, tile, [(vertical, horizontal)]);
    }

    /// <inheritdoc/>
    public override ImageTokenLayout Layout(PictureSize picture, VisionTokens tokens) => LlavaTokenLayout.Create(Sizes(picture).Tile, tokens);

    private protected override ProcessedPicture ProcessOpaque(Picture picture)
    {
        var (padded, resized, tile) = Sizes(picture.Size);
        var square = picture.PlaceOn(padded, PaddingBefore(picture.Height, padded.Height), PaddingBefore(picture.Width, padded.Width), MeanColour());
        var scaled = PillowResampler.Resize(square, resized, Filter);
        var cropped = scaled.PlaceOn(tile, -CropStart(resized.Height, tile.Height), -CropStart(resized.Width, tile.Width), Rgb.Black);
        var pixels = new float[3 * tile.Height * tile.Width];
        Normalization.Write(cropped, pixels);
        return new ProcessedPicture(Geometry(picture.Size), pixels, picture.Size);
    }

    private (PictureSize Padded, PictureSize Resized, PictureSize Tile) Sizes(PictureSize picture)
    {
        var side = Math.Max(picture.Height, picture.Width);
        var padded = PadToSquare ? new PictureSize(side, side) : picture;
        var resized = Resize?.Apply(padded) ?? padded;
        return (padded, resized, Crop ?? resized);
    }

    private static AxisMap Axis(int picture, int padded, int resized, int tile) =>
        AxisMap.Identity.StartingAt(-PaddingBefore(picture, padded)).Resized(padded, resized).StartingAt(CropStart(resized, tile));

    private static int PaddingBefore(int picture, int padded) => (padded - picture) / 2;

    /// <summary>Half of what is cut off, rounded down; negative, so rounded away from zero, where the crop is larger than the picture.</summary>
    private static int CropStart(int resized, int tile) => (resized - tile) >> 1;

    private Rgb MeanColour() =>
        new((byte)(Normalization.Mean[0] * 255), (byte)(Normalization.Mean[1] * 255), (byte)(Normalization.Mean[2] * 255));
}
