using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>A picture whose pixels are numbers: gray values, entries of a palette, or colours that are only told apart from black.</summary>
internal sealed class LabelPicture
{
    private readonly Picture _picture;
    private readonly string _name;
    private readonly Dictionary<Rgb, int>? _palette;

    private LabelPicture(Picture picture, string name, Dictionary<Rgb, int>? palette) => (_picture, _name, _palette) = (picture, name, palette);

    /// <summary>Decodes a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">How messages name it.</param>
    /// <exception cref="PictureException">The bytes are no picture.</exception>
    public static LabelPicture Decode(byte[] bytes, string name) => new(PictureDecoder.Decode(bytes, name), name, PngHeader.Palette(bytes));

    /// <summary>The pixels of a value; null: all that are not 0, and in a picture of colours not black.</summary>
    /// <exception cref="RegionException">The picture has colours, or a palette with one colour twice, so that its pixels are no numbers.</exception>
    public RegionMask Where(int? value) => RegionMask.Create(_picture.Size, (row, column) =>
    {
        var pixel = _picture.Row(row).Slice(3 * column, 3);
        var colour = new Rgb(pixel[0], pixel[1], pixel[2]);
        return value is { } wanted ? Number(colour) == wanted : _palette is null ? colour != Rgb.Black : Number(colour) != 0;
    });

    private int Number(Rgb colour) => _palette is { } palette
        ? palette.TryGetValue(colour, out var entry) && entry >= 0 ? entry : throw new RegionException($"{_name}: expected a palette of different colours, to tell values; found one colour in several entries; write the mask as gray values")
        : colour.Red == colour.Green && colour.Green == colour.Blue ? colour.Red
        : throw new RegionException($"{_name}: expected a mask of gray values or palette entries, to find a value in it; found colours; leave the value away, or write the mask as gray values");
}
