using ProbePipeline.Capture;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Rows;

/// <summary>A row beside another one, whose states patches put in place of its own.</summary>
/// <param name="row">The row.</param>
/// <param name="donor">The other.</param>
internal sealed class RowWithDonor(ExperimentRow row, ExperimentRow donor)
{
    /// <summary>The columns that hold the donor.</summary>
    public static InputColumns DonorColumns { get; } = new(nameof(DonorPicture), nameof(DonorPrompt), nameof(DonorRegion));

    public string Label => row.Label;

    public string Prompt => row.Prompt;

    [RegionType]
    public RegionMask Region => row.Region;

    [PictureType]
    public Picture Picture => row.Picture;

    public string DonorPrompt => donor.Prompt;

    [RegionType]
    public RegionMask DonorRegion => donor.Region;

    [PictureType]
    public Picture DonorPicture => donor.Picture;
}
