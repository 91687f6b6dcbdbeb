namespace ProbePipeline.Models.Forward;

/// <summary>
/// Three positions a token, as Qwen2-VL counts them: text goes on by one in all three; the tokens of a picture have one time and differ by row and column;
/// what follows a picture begins behind the largest of them (transformers 5.23, modeling_qwen2_vl.py, get_rope_index).
/// </summary>
internal static class PicturePositions
{
    /// <summary>For every position of a row; padding, which nothing attends to, is at 0.</summary>
    public static (int Time, int Row, int Column)[] OfRow(BatchTokens tokens, int row)
    {
        var positions = new (int Time, int Row, int Column)[tokens.Batch.Length];
        var (next, position, image) = (0, tokens.Paddings[row], 0);
        foreach (var layout in tokens.Batch.Rows[row].Pictures.Select(picture => picture.Layout))
        {
            for (; position < tokens.ImagePositions[row][image]; position++)
            {
                positions[position] = (next, next, next++);
            }

            foreach (var token in layout.Tokens)
            {
                positions[position++] = (next, next + token.Row, next + token.Column);
            }

            image += layout.Count;
            next += Math.Max(layout.GridRows, layout.GridColumns);
        }

        for (; position < positions.Length; position++)
        {
            positions[position] = (next, next, next++);
        }

        return positions;
    }
}
