using System.Collections.Immutable;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Regions;

/// <summary>
/// From patches back to pixels: the inverse of resizing, cropping, padding and tiling, on continuous coordinates and so without any rounding to pixels.
/// Within a view (the overview, or all other tiles together) footprints touch and never overlap: they tile what the view shows of the picture. Patches
/// that show nothing but padding have none.
/// </summary>
public static class PatchFootprints
{
    /// <summary>Padding computed in floating point may reach into the picture by this share of a patch.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Those of the vision tower's own patches, tile by tile and row by row, class tokens not counted.</summary>
    /// <param name="picture">The original's size.</param>
    /// <param name="processor">The model's processor.</param>
    /// <param name="tokens">Patch size of the model's vision tower.</param>
    /// <exception cref="PictureException">The processor cannot take a picture of this shape.</exception>
    public static ImmutableArray<PatchFootprint> OfPatches(PictureSize picture, PictureProcessor processor, VisionTokens tokens)
    {
        var geometry = processor.Geometry(picture);
        var (rows, columns) = (PatchGrid.Count(geometry.Tile.Height, tokens.PatchSize), PatchGrid.Count(geometry.Tile.Width, tokens.PatchSize));
        return Of(geometry, Enumerable.Range(0, geometry.Tiles.Length).SelectMany(tile => PatchGrid.Tokens(tile, rows, columns)), tokens.PatchSize);
    }

    /// <summary>Those of the image tokens that stand for patches, in reading order; merged patches have one together, blends their even share.</summary>
    /// <inheritdoc cref="OfPatches"/>
    public static ImmutableArray<PatchFootprint> OfTokens(PictureSize picture, PictureProcessor processor, VisionTokens tokens)
    {
        var layout = processor.Layout(picture, tokens);
        return Of(processor.Geometry(picture), layout.Tokens, processor.TokenSide(tokens), layout.Shrunk);
    }

    private static ImmutableArray<PatchFootprint> Of(PictureGeometry geometry, IEnumerable<ImageToken> tokens, int side, ShrunkGrid? shrunk = null)
    {
        var footprints = ImmutableArray.CreateBuilder<PatchFootprint>();
        foreach (var (index, token) in tokens.Index().Where(token => token.Item.ShowsPicture))
        {
            var whole = geometry.ToPicture(token, side, shrunk);
            var shown = new PictureRectangle(
                Math.Max(whole.Top, 0), Math.Max(whole.Left, 0), Math.Min(whole.Bottom, geometry.Picture.Height), Math.Min(whole.Right, geometry.Picture.Width));
            if (shown.Area > Rounding * whole.Area)
            {
                footprints.Add(new PatchFootprint(index, token, shown));
            }
        }

        return footprints.ToImmutable();
    }
}
