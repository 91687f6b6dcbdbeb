using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// LLaVA-NeXT and LLaVA-OneVision: the whole picture squeezed into one tile (the overview), then the picture fitted into the best of several
/// resolutions, padded with black on both sides, and cut into tiles (transformers 5.23, LlavaNextImageProcessorPil and
/// LlavaOnevisionImageProcessorPil).
/// </summary>
internal sealed record LlavaNextProcessor : PictureProcessor
{
    /// <summary>Side of a tile in pixels.</summary>
    public int TileSize { get; init; } = 336;

    /// <summary>The resolutions to choose from (<c>image_grid_pinpoints</c>), each a grid of whole tiles.</summary>
    public ImmutableArray<PictureSize> Resolutions { get; init; } = [new(336, 672), new(672, 336), new(672, 672), new(1008, 336), new(336, 1008)];

    /// <summary>
    /// As many tokens as this many whole tiles have the tiles may become together, beyond which their grid is shrunk: nine in LLaVA-OneVision
    /// (<c>vision_aspect_ratio</c> "anyres_max_9"); null: any number.
    /// </summary>
    public int? MostTiles { get; init; }

    /// <summary>How it is resized.</summary>
    public ResamplingFilter Filter { get; init; } = ResamplingFilter.Bicubic;

    private PictureSize Tile => new(TileSize, TileSize);

    /// <inheritdoc/>
    public override PictureGeometry Geometry(PictureSize picture)
    {
        var whole = AnyResolution.SelectBest(picture, Resolutions);
        var fitted = AnyResolution.Fit(picture, whole);
        var (identity, padding) = (AxisMap.Identity, PaddingBefore(fitted, whole));
        var tiles = TileAxes(
            identity.Resized(picture.Height, fitted.Height).StartingAt(-padding.Height),
            identity.Resized(picture.Width, fitted.Width).StartingAt(-padding.Width),
            whole,
            TileSize);
        return PictureGeometry.Create(picture, Tile, [(identity.Resized(picture.Height, TileSize), identity.Resized(picture.Width, TileSize)), .. tiles]);
    }

    /// <inheritdoc/>
    public override ImageTokenLayout Layout(PictureSize picture, VisionTokens tokens) =>
        LlavaNextTokenLayout.Create(picture, Resolutions, TileSize, tokens, MostTiles);

    private protected override ProcessedPicture ProcessOpaque(Picture picture)
    {
        var geometry = Geometry(picture.Size);
        var pixels = new float[geometry.Tiles.Length * 3 * TileSize * TileSize];
        WriteTiles(PillowResampler.Resize(picture, Tile, Filter), TileSize, pixels);

        var whole = AnyResolution.SelectBest(picture.Size, Resolutions);
        var fitted = PillowResampler.Resize(picture, AnyResolution.Fit(picture.Size, whole), Filter);
        var padding = PaddingBefore(fitted.Size, whole);
        WriteTiles(fitted.PlaceOn(whole, padding.Height, padding.Width, Rgb.Black), TileSize, pixels.AsSpan(3 * TileSize * TileSize));
        return new ProcessedPicture(geometry, pixels, picture.Size);
    }

    private static PictureSize PaddingBefore(PictureSize fitted, PictureSize whole) =>
        new((whole.Height - fitted.Height) / 2, (whole.Width - fitted.Width) / 2);
}
