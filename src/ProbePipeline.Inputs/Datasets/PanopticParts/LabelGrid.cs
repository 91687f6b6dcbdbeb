using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Datasets.PanopticParts;

/// <summary>A number for every pixel.</summary>
/// <param name="Size">Rows and columns.</param>
/// <param name="Values">Row by row.</param>
internal sealed record LabelGrid(PictureSize Size, int[] Values)
{
    /// <summary>The pixels of a number.</summary>
    public RegionMask Where(int value) => RegionMask.Create(Size, (row, column) => Values[(row * Size.Width) + column] == value);
}
