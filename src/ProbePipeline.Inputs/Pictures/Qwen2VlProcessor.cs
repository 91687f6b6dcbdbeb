namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Qwen2-VL: one tile of nearly the picture's own size and shape, its edges rounded to whole squares of merged patches and its area kept between two
/// bounds (transformers 5.23, Qwen2VLImageProcessorPil, smart_resize).
/// </summary>
internal sealed record Qwen2VlProcessor : PictureProcessor
{
    private const double MostElongated = 200;

    /// <summary>Pixels that a picture has at least after it was resized.</summary>
    public int LeastPixels { get; init; } = 56 * 56;

    /// <summary>Pixels that a picture has at most after it was resized.</summary>
    public int MostPixels { get; init; } = 28 * 28 * 1280;

    /// <summary>Side of a patch in pixels.</summary>
    public int PatchSize { get; init; } = 14;

    /// <summary>Patches along an edge of the square that becomes one image token.</summary>
    public int MergedSide { get; init; } = 2;

    /// <summary>How it is resized.</summary>
    public ResamplingFilter Filter { get; init; } = ResamplingFilter.Bicubic;

    private int Square => PatchSize * MergedSide;

    /// <inheritdoc/>
    public override PictureGeometry Geometry(PictureSize picture)
    {
        var size = Resized(picture);
        return PictureGeometry.Create(picture, size, [(AxisMap.Identity.Resized(picture.Height, size.Height), AxisMap.Identity.Resized(picture.Width, size.Width))]);
    }

    /// <inheritdoc/>
    public override ImageTokenLayout Layout(PictureSize picture, VisionTokens tokens)
    {
        PatchGrid.RefuseClassToken(tokens, "Qwen2-VL");
        if (tokens.PatchSize != PatchSize || tokens.MergedSide != MergedSide)
        {
            throw new ArgumentException($"Expected a vision tower of the processor's patches of {PatchSize} pixels and squares of {MergedSide}, found {tokens.PatchSize} and {tokens.MergedSide}.", nameof(tokens));
        }

        var size = Resized(picture);
        var (rows, columns) = (size.Height / Square, size.Width / Square);
        return new ImageTokenLayout([.. PatchGrid.Tokens(0, rows, columns)], tileCount: 1, rows, columns);
    }

    /// <inheritdoc/>
    public override int TokenSide(VisionTokens tokens) => Square;

    private protected override ProcessedPicture ProcessOpaque(Picture picture)
    {
        var size = Resized(picture.Size);
        var pixels = new float[3 * size.Height * size.Width];
        Normalization.Write(PillowResampler.Resize(picture, size, Filter), pixels);
        return new ProcessedPicture(Geometry(picture.Size), pixels, picture.Size);
    }

    private PictureSize Resized(PictureSize picture)
    {
        var (height, width) = ((double)picture.Height, (double)picture.Width);
        if (Math.Max(height, width) / Math.Min(height, width) > MostElongated)
        {
            throw new PictureException($"expected a picture whose edges differ by no more than {MostElongated} times, as Qwen2-VL's own processor does; found {picture}");
        }

        // Python rounds halves to even numbers.
        var rounded = new PictureSize(Whole(Math.Round(height / Square)), Whole(Math.Round(width / Square)));
        var area = (long)rounded.Height * rounded.Width;
        if (area > MostPixels)
        {
            var shrink = Math.Sqrt(height * width / MostPixels);
            return new PictureSize(Math.Max(Square, Whole(Math.Floor(height / shrink / Square))), Math.Max(Square, Whole(Math.Floor(width / shrink / Square))));
        }

        if (area < LeastPixels)
        {
            var grow = Math.Sqrt(LeastPixels / (height * width));
            return new PictureSize(Whole(Math.Ceiling(height * grow / Square)), Whole(Math.Ceiling(width * grow / Square)));
        }

        return rounded;
    }

    private int Whole(double squares) => (int)squares * Square;
}
