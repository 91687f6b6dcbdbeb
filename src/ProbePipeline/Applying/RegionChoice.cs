using System.Globalization;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Applying;

/// <summary>Which part of a picture a probe reads: a rectangle, what a mask covers, or everything.</summary>
public sealed record RegionChoice
{
    private readonly Func<PictureSize, RegionMask?> _mask;

    private RegionChoice(string text, Func<PictureSize, RegionMask?> mask) => (Text, _mask) = (text, mask);

    /// <summary>No region is marked.</summary>
    public static RegionChoice WholePicture { get; } = new("whole picture", _ => null);

    /// <summary>The choice in words.</summary>
    public string Text { get; }

    /// <summary>A rectangle of whole pixels.</summary>
    /// <param name="text">Left edge, upper edge, width and height: <c>40,24,16,16</c>.</param>
    /// <exception cref="ApplyException">The text is no rectangle.</exception>
    public static RegionChoice Rectangle(string text)
    {
        var numbers = text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return numbers is [>= 0 and var left, >= 0 and var top, > 0 and var width, > 0 and var height]
            ? new RegionChoice(text, size => OfRectangle(size, text, left, top, width, height))
            : throw new ApplyException($"expected a region as x,y,width,height in whole pixels of the picture, such as 40,24,16,16; found '{text}'");
    }

    /// <summary>What a picture of a mask covers; the mask has the size of the pictures that it is for.</summary>
    /// <param name="path">The mask's file.</param>
    /// <param name="value">The red value of the pixels that belong to the region, as exported datasets number their parts; null: every pixel that is not black.</param>
    /// <exception cref="PictureException">The file cannot be read as a picture.</exception>
    /// <exception cref="ApplyException">The mask covers nothing.</exception>
    public static RegionChoice Mask(string path, int? value = null)
    {
        var picture = PictureDecoder.Decode(path);
        var mask = RegionMask.Create(picture.Size, (row, column) => Belongs(picture.Row(row).Slice(3 * column, 3), value));
        return mask.Area > 0
            ? new RegionChoice(value is { } one ? string.Create(CultureInfo.InvariantCulture, $"{path}, value {one}") : path, size => mask.Size == size ? mask
                : throw new ApplyException($"{path}: expected a mask of the picture's size, {size} pixels (height x width); found {mask.Size}"))
            : throw new ApplyException($"{path}: expected a mask that covers something; found no pixel {(value is { } wanted ? $"of value {wanted}" : "that is not black")}");
    }

    /// <summary>The region on a picture; null: none is marked.</summary>
    /// <exception cref="ApplyException">The region does not fit the picture.</exception>
    internal RegionMask? On(PictureSize picture) => _mask(picture);

    private static bool Belongs(ReadOnlySpan<byte> pixel, int? value) => value is { } wanted ? pixel[0] == wanted : pixel.ContainsAnyExcept((byte)0);

    private static RegionMask OfRectangle(PictureSize size, string text, int left, int top, int width, int height) => (long)left + width <= size.Width && (long)top + height <= size.Height
        ? RegionMask.Create(size, (row, column) => row >= top && row < top + height && column >= left && column < left + width)
        : throw new ApplyException($"region {text}: expected x,y,width,height within a picture of {size.Width} pixels in {size.Height} rows; it reaches out");
}
