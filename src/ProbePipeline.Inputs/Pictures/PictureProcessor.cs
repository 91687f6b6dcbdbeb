namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// What a model's own processor does with a picture before the vision tower: its pixels, their geometry, and the image tokens that they become.
/// Read one with <see cref="PictureProcessorReader"/>.
/// </summary>
public abstract record PictureProcessor
{
    /// <summary>Tiles that a picture may be cut into; published processors make up to 36.</summary>
    private const int MostTiles = 1024;

    /// <summary>How bytes become numbers.</summary>
    internal PixelNormalization Normalization { get; init; } = PixelNormalization.Clip;

    /// <summary>Where the tiles of a picture of the given size lie on it.</summary>
    /// <exception cref="PictureException">The processor cannot take a picture of this shape.</exception>
    public abstract PictureGeometry Geometry(PictureSize picture);

    /// <summary>The tiles' pixels, equal to the reference processor's on what Pillow's <c>Image.open(file).convert("RGB")</c> gives.</summary>
    /// <remarks>
    /// A transparent colour becomes white. Pillow carries it along past the conversion, and transformers 5.23 on Pillow 13.0.0 paints it:
    /// known from their outputs, which the golden tests hold.
    /// </remarks>
    /// <exception cref="PictureException">The processor cannot take a picture of this shape.</exception>
    public ProcessedPicture Process(Picture picture) => ProcessOpaque(picture.OnWhite());

    /// <summary>The image tokens that a picture of the given size becomes in the language model.</summary>
    /// <param name="picture">The original's size.</param>
    /// <param name="tokens">Patch size and class token of the model's vision tower.</param>
    /// <exception cref="PictureException">The processor cannot take a picture of this shape.</exception>
    /// <exception cref="ArgumentException">The tower's tokens do not fit the model family's layout.</exception>
    public abstract ImageTokenLayout Layout(PictureSize picture, VisionTokens tokens);

    /// <summary>Side, in pixels of the tile, of the square that one image token stands for.</summary>
    /// <param name="tokens">Patch size of the model's vision tower, and how many patches its projector merges.</param>
    public virtual int TokenSide(VisionTokens tokens) => tokens.PatchSize;

    private protected abstract ProcessedPicture ProcessOpaque(Picture picture);

    /// <summary>Cuts a picture into tiles, row by row, after the pixels that are there already.</summary>
    private protected void WriteTiles(Picture picture, int tileSize, Span<float> pixels)
    {
        var length = 3 * tileSize * tileSize;
        for (var row = 0; row < picture.Height; row += tileSize)
        {
            for (var column = 0; column < picture.Width; column += tileSize)
            {
                Normalization.Write(picture.PlaceOn(new PictureSize(tileSize, tileSize), -row, -column, Rgb.Black), pixels[..length]);
                pixels = pixels[length..];
            }
        }
    }

    /// <summary>The axes of the tiles that a picture is cut into, row by row.</summary>
    /// <exception cref="PictureException">They are more than any network sees.</exception>
    private protected static IEnumerable<(AxisMap Vertical, AxisMap Horizontal)> TileAxes(AxisMap vertical, AxisMap horizontal, PictureSize whole, int tileSize)
    {
        var (rows, columns) = (whole.Height / tileSize, whole.Width / tileSize);
        if ((long)rows * columns > MostTiles)
        {
            throw new PictureException($"A picture of {whole} pixels is to be cut into {rows} x {columns} tiles of {tileSize} pixels; more than {MostTiles} are refused. Check the tile's size in the processor's file.");
        }

        return from row in Enumerable.Range(0, rows)
               from column in Enumerable.Range(0, columns)
               select (vertical.StartingAt(row * tileSize), horizontal.StartingAt(column * tileSize));
    }
}
