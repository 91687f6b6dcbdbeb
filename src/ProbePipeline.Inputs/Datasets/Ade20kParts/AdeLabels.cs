using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Datasets.Ade20kParts;

/// <summary>
/// A label picture of ADE20K (Zhou et al. 2017; utils/utils_ade20k.py of CSAILVision/ADE20K): red over ten, times 256, plus green is the class; blue tells instances apart, which count
/// in the order of their blue values, 0 for what is nothing.
/// </summary>
/// <param name="picture">The picture as it was decoded.</param>
internal sealed class AdeLabels(Picture picture)
{
    private readonly byte[] _blues = [.. Enumerable.Range(0, picture.Height * picture.Width).Select(pixel => picture.Pixels[(3 * pixel) + 2]).Distinct().Order()];

    /// <summary>Rows and columns.</summary>
    public PictureSize Size => picture.Size;

    /// <summary>Number of instances, from 1.</summary>
    public int Instances => _blues.Count(blue => blue > 0);

    /// <summary>The class of a pixel; 0: none.</summary>
    public int ClassAt(int row, int column)
    {
        var pixel = picture.Row(row).Slice(3 * column, 3);
        return (pixel[0] / 10 * 256) + pixel[1];
    }

    /// <summary>The instance of a pixel, from 1; 0: none.</summary>
    public int InstanceAt(int row, int column) =>
        picture.Row(row)[(3 * column) + 2] is var blue and > 0 ? Array.BinarySearch(_blues, blue) + (_blues[0] == 0 ? 0 : 1) : 0;

    /// <summary>The pixels of a class.</summary>
    public RegionMask WhereClass(int index) => RegionMask.Create(Size, (row, column) => ClassAt(row, column) == index);

    /// <summary>The pixels of an instance.</summary>
    public RegionMask WhereInstance(int instance) => RegionMask.Create(Size, (row, column) => InstanceAt(row, column) == instance);
}
