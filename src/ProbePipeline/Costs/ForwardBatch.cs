namespace ProbePipeline.Costs;

/// <summary>The rows that go through a network together, in counts. A picture is counted once for the rows that ask about it one after the other.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Pictures">Pictures that they ask about.</param>
/// <param name="PictureTiles">Tiles of these pictures.</param>
/// <param name="RowTiles">Tiles where every row has a picture of its own.</param>
/// <param name="TileTokens">Tokens of a tile.</param>
/// <param name="TilePatches">Patches of a tile.</param>
/// <param name="PictureTokens">Image tokens of these pictures.</param>
/// <param name="RowTokens">Image tokens where every row has a picture of its own.</param>
/// <param name="Prefix">Tokens up to a picture's last one, of the longest row; 0: there are no pictures.</param>
/// <param name="Length">Tokens of the longest row, to which the others are filled up.</param>
internal readonly record struct ForwardBatch(
    double Rows, double Pictures, double PictureTiles, double RowTiles, double TileTokens, double TilePatches, double PictureTokens, double RowTokens, double Prefix, double Length)
{
    /// <summary>A batch of pictures of one tile.</summary>
    /// <param name="pictures">Pictures.</param>
    /// <param name="questions">Rows about each.</param>
    /// <param name="tileTokens">Tokens of a tile.</param>
    /// <param name="imageTokens">Image tokens of a picture, and patches of its tile.</param>
    /// <param name="prefix">Tokens up to the last of the picture.</param>
    /// <param name="length">Tokens of a row.</param>
    public static ForwardBatch OfTiles(int pictures, int questions, int tileTokens, int imageTokens, int prefix, int length)
    {
        double rows = (double)pictures * questions;
        return new ForwardBatch(
            Rows: rows,
            Pictures: pictures,
            PictureTiles: pictures,
            RowTiles: rows,
            TileTokens: tileTokens,
            TilePatches: imageTokens,
            PictureTokens: (double)pictures * imageTokens,
            RowTokens: rows * imageTokens,
            Prefix: prefix,
            Length: length);
    }
}
