namespace ProbePipeline.Inputs.Pictures;

/// <summary>LLaVA 1.5: the patches of one tile row by row, after its class token where that is kept.</summary>
internal static class LlavaTokenLayout
{
    /// <summary>The image tokens of a picture.</summary>
    /// <param name="tile">Size of the tile in pixels.</param>
    /// <param name="tokens">Patch size and class token of the vision tower.</param>
    /// <exception cref="ArgumentException">No whole patch fits into the tile.</exception>
    public static ImageTokenLayout Create(PictureSize tile, VisionTokens tokens)
    {
        var (rows, columns) = (PatchGrid.Count(tile.Height, tokens.PatchSize), PatchGrid.Count(tile.Width, tokens.PatchSize));
        ImageToken[] first = tokens.IncludesClassToken ? [ImageToken.ClassToken(0)] : [];
        return new ImageTokenLayout([.. first, .. PatchGrid.Tokens(0, rows, columns)], 1, rows, columns);
    }
}
