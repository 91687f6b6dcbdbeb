using System.Collections.Immutable;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Regions;

/// <summary>
/// Finds the patches and image tokens that stand for a region. Coverage is the exact share of a token's own footprint on the original picture
/// (of merged tokens the merged one, padding included) that the mask covers; those that reach the threshold stand for the region, and where none
/// does the best-covered one, the first of equals.
/// </summary>
/// <remarks>Overview and tiles count as one set: a part that only the tiles show large enough has no tokens in the overview.</remarks>
public sealed record RegionMapper
{
    /// <summary>Footprints come from floating-point scales: a share this close to the threshold, or to another, is equal to it.</summary>
    private const double Rounding = 1e-9;

    private readonly double _threshold = 0.25;

    /// <summary>The least share of its footprint that a token needs, above 0 and at most 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no such share.</exception>
    public double Threshold
    {
        get => _threshold;
        init => _threshold = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Threshold), value, "A threshold is a share of a token's area: above 0 and at most 1.");
    }

    /// <summary>Where the region is looked up in tiled models.</summary>
    public TileChoice Tiles { get; init; } = TileChoice.Both;

    /// <summary>The patches and tokens of a region on a picture that goes through a processor.</summary>
    /// <param name="mask">The region.</param>
    /// <param name="picture">The original picture's size.</param>
    /// <param name="processor">The model's processor.</param>
    /// <param name="tokens">Patch size and class token of the model's vision tower.</param>
    /// <exception cref="RegionException">The mask is empty, has another size than the picture, or nothing of it reaches the model.</exception>
    /// <exception cref="PictureException">The processor cannot take a picture of this shape.</exception>
    public RegionTokens Map(RegionMask mask, PictureSize picture, PictureProcessor processor, VisionTokens tokens) =>
        Map(mask, processor.Geometry(picture), processor.Layout(picture, tokens), tokens.PatchSize, processor.TokenSide(tokens));

    /// <summary>The patches and tokens of a region on a picture whose geometry and layout are known.</summary>
    /// <param name="mask">The region.</param>
    /// <param name="geometry">Where the tiles lie on the picture.</param>
    /// <param name="layout">The picture's image tokens.</param>
    /// <param name="patchSize">Side of a vision tower's patch in pixels of a tile.</param>
    /// <param name="tokenSide">Side of an image token's square in pixels of a tile: <see cref="PictureProcessor.TokenSide"/>.</param>
    /// <exception cref="RegionException">The mask is empty, has another size than the picture, or nothing of it reaches the model.</exception>
    /// <exception cref="ArgumentException">Geometry and layout have different numbers of tiles.</exception>
    public RegionTokens Map(RegionMask mask, PictureGeometry geometry, ImageTokenLayout layout, int patchSize, int tokenSide)
    {
        Require(mask, geometry, layout);
        var coverage = new MaskCoverage(mask);
        var (rows, columns) = (PatchGrid.Count(geometry.Tile.Height, patchSize), PatchGrid.Count(geometry.Tile.Width, patchSize));
        var patches = Enumerable.Range(0, geometry.Tiles.Length).SelectMany(tile => PatchGrid.Tokens(tile, rows, columns)).ToArray();
        PictureRectangle[] near = [.. geometry.Tiles.Select(tile => tile.ToTile(mask.Bounds))];
        var ofPatches = Choose(patches, patch => IsNear(patch, patchSize) ? coverage.ShareOf(geometry.ToPicture(patch, patchSize)) : 0, geometry);
        // Of most models every patch is one token, and both are chosen alike.
        var covered = ofPatches.Chosen;
        var (tokens, bestTokenOnly) = tokenSide == patchSize && layout.Shrunk is null && layout.Tokens.AsSpan().SequenceEqual(patches)
            ? ofPatches
            : Choose(layout.Tokens, token => IsNear(token, tokenSide) ? coverage.ShareOf(geometry.ToPicture(token, tokenSide, layout.Shrunk)) : 0, geometry);
        if (covered.IsEmpty || tokens.IsEmpty)
        {
            throw new RegionException(
                $"A region of {mask.Area} pixels, rows {mask.Bounds.Top} to {mask.Bounds.Bottom} and columns {mask.Bounds.Left} to {mask.Bounds.Right} "
                + $"of a picture of {geometry.Picture} pixels, lies under no {(covered.IsEmpty ? "patch" : "image token")}: the processor cut that part off. "
                + "Leave the region out, or use a processor that keeps the whole picture.");
        }

        var perTile = rows * columns;
        var tilePatches = covered.ToLookup(patch => patch / perTile, patch => patch % perTile);
        return new RegionTokens([.. Enumerable.Range(0, geometry.Tiles.Length).Select(tile => tilePatches[tile].ToImmutableArray())], tokens, bestTokenOnly);

        // Most tokens lie far from a region and need no exact share: a whole token's distance is no matter of rounding.
        bool IsNear(ImageToken token, int side) => token.Kind != ImageTokenKind.Patch
            || ((token.Row - 1) * side < near[token.Tile].Bottom && (token.Row + 2) * side > near[token.Tile].Top
                && (token.Column - 1) * side < near[token.Tile].Right && (token.Column + 2) * side > near[token.Tile].Left);
    }

    private static void Require(RegionMask mask, PictureGeometry geometry, ImageTokenLayout layout)
    {
        if (mask.Size != geometry.Picture)
        {
            throw new RegionException(
                $"A mask has the size of its picture, {geometry.Picture} pixels (height x width); found {mask.Size}. "
                + "Draw it on the original, before any resizing.");
        }

        if (mask.Area == 0)
        {
            throw new RegionException($"A mask of {mask.Size} pixels covers none of them. Leave the region out, or correct its mask.");
        }

        if (layout.TileCount != geometry.Tiles.Length)
        {
            throw new ArgumentException(
                $"Geometry and layout are of one picture; the geometry has {geometry.Tiles.Length} tiles, the layout {layout.TileCount}.", nameof(layout));
        }
    }

    /// <summary>Indices of the tokens that stand for the region; none where nothing of it is under any.</summary>
    private (ImmutableArray<int> Chosen, bool BestOnly) Choose(IReadOnlyList<ImageToken> tokens, Func<ImageToken, double> share, PictureGeometry geometry)
    {
        var chosen = ImmutableArray.CreateBuilder<int>();
        var (best, most) = (-1, 0.0);
        for (var index = 0; index < tokens.Count; index++)
        {
            if (!tokens[index].ShowsPicture || !IsLookedUp(tokens[index].Tile, geometry.Tiles.Length))
            {
                continue;
            }

            var covered = share(tokens[index]);
            if (covered >= Threshold - Rounding)
            {
                chosen.Add(index);
            }

            if (covered > most + Rounding)
            {
                (best, most) = (index, covered);
            }
        }

        return chosen.Count > 0 || best < 0 ? (chosen.ToImmutable(), false) : ([best], true);
    }

    private bool IsLookedUp(int tile, int tileCount) => tileCount == 1 || Tiles switch
    {
        TileChoice.Overview => tile == 0,
        TileChoice.Tiles => tile > 0,
        _ => true,
    };
}
