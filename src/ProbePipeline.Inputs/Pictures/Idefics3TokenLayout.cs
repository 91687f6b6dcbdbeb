using System.Globalization;
using System.Text;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Idefics3 and SmolVLM: the tiles row by row, each with a marker of its place, then the overview; squares of patches become one token
/// (transformers 5.23, processing_idefics3.py, get_image_prompt_string; modeling_idefics3.py, pixel_shuffle).
/// </summary>
internal static class Idefics3TokenLayout
{
    private const string Around = "<fake_token_around_image>";
    private const string Overview = "<global-img>";

    /// <summary>The image tokens of a picture, with the prompt's text for it.</summary>
    /// <param name="whole">The picture's size after it was stretched to whole tiles; one tile is the overview alone.</param>
    /// <param name="tileSize">Side of a tile in pixels.</param>
    /// <param name="tokens">Patch size of the vision tower, and the patches that its projector merges; a class token has no place here.</param>
    /// <exception cref="ArgumentException">The size is not whole tiles, the patches do not merge evenly, or a class token is asked for.</exception>
    public static ImageTokenLayout Create(PictureSize whole, int tileSize, VisionTokens tokens)
    {
        PatchGrid.RefuseClassToken(tokens, "Idefics3");
        var patches = PatchGrid.Count(tileSize, tokens.PatchSize);
        if (patches % tokens.MergedSide != 0 || whole.Height % tileSize != 0 || whole.Width % tileSize != 0)
        {
            throw new ArgumentException(
                $"Expected whole tiles of {tileSize} pixels with a multiple of {tokens.MergedSide} patches along an edge, found {whole} pixels and {patches} patches.",
                nameof(whole));
        }

        var side = patches / tokens.MergedSide;
        var (rows, columns) = (whole.Height / tileSize, whole.Width / tileSize);
        var tileCount = rows * columns > 1 ? rows * columns : 0;
        return new ImageTokenLayout(
            [.. Enumerable.Range(1, tileCount).Append(0).SelectMany(tile => PatchGrid.Tokens(tile, side, side))], 1 + tileCount, side, side)
        {
            PromptText = PromptText(tileCount == 0 ? 0 : rows, columns, side * side),
        };
    }

    private static string PromptText(int rows, int columns, int tokensPerTile)
    {
        var placeholders = new StringBuilder().Insert(0, ImageTokenLayout.Placeholder, tokensPerTile).ToString();
        var text = new StringBuilder();
        for (var row = 1; row <= rows; row++)
        {
            for (var column = 1; column <= columns; column++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Around}<row_{row}_col_{column}>{placeholders}");
            }

            text.Append('\n');
        }

        return text.Append(rows > 0 ? "\n" : "").Append(Around).Append(Overview).Append(placeholders).Append(Around).ToString();
    }
}
