namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Phi-3-Vision with <c>hd_transform_order</c> "sub_glb": squares of 2 x 2 patches become one token; the grid that the tiles form together,
/// each row with a row end, a separator, then the overview likewise (microsoft/Phi-3-vision-128k-instruct, modeling_phi3_v.py, May 2024).
/// </summary>
internal static class Phi3VisionTokenLayout
{
    /// <summary>The image tokens of a picture.</summary>
    /// <param name="highDefinition">The picture's size after the HD transform: whole tiles.</param>
    /// <param name="tileSize">Side of a tile in pixels.</param>
    /// <param name="tokens">Patch size of the vision tower; a class token has no place here.</param>
    /// <exception cref="ArgumentException">The size is not whole tiles, the patches do not pair up, or a class token is asked for.</exception>
    public static ImageTokenLayout Create(PictureSize highDefinition, int tileSize, VisionTokens tokens)
    {
        PatchGrid.RefuseClassToken(tokens, "Phi-3-Vision");
        var patches = PatchGrid.Count(tileSize, tokens.PatchSize);
        if (patches % 2 != 0 || highDefinition.Height % tileSize != 0 || highDefinition.Width % tileSize != 0)
        {
            throw new ArgumentException(
                $"Expected whole tiles of {tileSize} pixels with an even number of patches along an edge, found {highDefinition} pixels and {patches} patches.",
                nameof(highDefinition));
        }

        var side = patches / 2;
        var (tileRows, tileColumns) = (highDefinition.Height / tileSize, highDefinition.Width / tileSize);
        var tiles = PatchGrid.JoinedTokens(0..(tileRows * side), 0..(tileColumns * side), tileColumns, side);
        var overview = PatchGrid.Tokens(0, side, side).Chunk(side).SelectMany(row => row.Append(ImageToken.RowEnd));
        return new ImageTokenLayout([.. tiles, ImageToken.Separator, .. overview], 1 + (tileRows * tileColumns), side, side);
    }
}
